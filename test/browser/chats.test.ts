import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { hindrances } from './support/axe.ts';
import { type LookedAfter, openLookedAfter } from './support/looked-after.ts';
import { openBrowser, type TestBrowser } from './support/open-browser.ts';
import { prefer } from './support/visit.ts';

let world: LookedAfter;
let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  [world, browser] = await Promise.all([
    openLookedAfter({ if_window_closed: 'park', history_turns: 4 }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});
beforeEach(async () => {
  page = await browser.open(`${world.runtime.url}/chats`);
  await prefer(page, {});
});
afterEach(async () => {
  await page.close();
  expect(browser.faults()).toEqual([]);
});

async function find(key: string) {
  await page.goto(`${world.runtime.url}/chats`);
  await page.getByLabel('Phone, BSUID, chat id or reply id').fill(key);
  await page.getByRole('button', { name: 'Find' }).click();
}

const refresh = () => page.getByRole('button', { name: 'Refresh' }).click();
const chatIn = (address: string) => new URL(address).pathname.split('/')[4] ?? '';

test('a chat is found by phone, by BSUID and by either id, and its address holds no phone', async () => {
  const visitor = { ...world.newVisitor(), bsuid: 'DE.7340021985561204', name: 'Anna' };
  await world.play({ ...visitor, text: 'Hello' });
  await find('+49 (170) 1000-001');
  await page.getByRole('heading', { name: 'Anna' }).waitFor();
  expect(await page.locator(':focus').getAttribute('id')).toBe('content');
  const address = page.url();
  expect(decodeURIComponent(address)).not.toContain('1000001');
  for (const key of [visitor.bsuid, chatIn(address), '491701000001|dialog360']) {
    await find(key);
    await page.getByRole('heading', { name: 'Anna' }).waitFor();
    expect(page.url()).toBe(address);
  }
  await page.reload();
  await page.getByRole('heading', { name: 'Anna' }).waitFor();
  await page.getByText('You said: Hello').first().waitFor();
});

test('a person who looks for what is not there is told so in words', async () => {
  await find('+49 170 9999999');
  await page.getByText('There is no such chat in “Night shop”.').waitFor();
  await find(`rep_${'0'.repeat(32)}`);
  await page.getByText('There is no such reply in “Night shop”.').waitFor();
  await find('Anna');
  await page.getByText('This is no phone with country code', { exact: false }).waitFor();
  expect(await hindrances(page)).toEqual([]);
});

test('a parked reply is seen where it waits, and is seen released when the visitor writes', async () => {
  const visitor = { ...world.newVisitor(), name: 'Boris' };
  await world.play({ ...visitor, text: 'An old question', hours_ago: 25 });
  await find(visitor.from);
  const waiting = page.getByRole('article').filter({ hasText: 'An old question' });
  await waiting.getByText('Waits for the visitor').waitFor();
  await page.getByText('1 reply', { exact: true }).waitFor();
  await page.getByText('RU', { exact: true }).click();
  await waiting.getByText('Ждёт ответа собеседника').waitFor();
  await page.getByText('EN', { exact: true }).click();

  await world.play({ ...visitor, text: 'Still there?' });
  await refresh();
  await page.getByRole('article').filter({ hasText: 'Still there?' }).getByText('Read').waitFor();
  await waiting.getByText('Read', { exact: true }).waitFor();
  await page.getByText('1 reply', { exact: true }).waitFor({ state: 'detached' });
});

test('the window of a chat is told by the time of the runtime, which may be ahead', async () => {
  const visitor = { ...world.newVisitor(), name: 'Goran' };
  const pass = await fetch(`${world.runtime.url}/sandbox/clock`, {
    method: 'POST',
    body: JSON.stringify({ hours: 30 }),
  });
  expect(pass.status).toBe(200);
  await world.play({ ...visitor, text: 'A day later' });
  await find(visitor.from);
  await page.getByText(/^23 hr \d+ min left$/).waitFor();
});

test('the agent is paused in a chat, is not asked meanwhile, and answers again after that', async () => {
  const visitor = { ...world.newVisitor(), name: 'Chen' };
  await world.play({ ...visitor, text: 'Good morning' });
  await find(visitor.from);
  await page.getByLabel('For how long').selectOption({ label: '4 hours' });
  await page.getByRole('button', { name: 'Pause the agent' }).click();
  await page.getByText(/^Paused until/).waitFor();
  await world.play({ ...visitor, text: 'Is anybody there?' });
  await refresh();
  await page.getByText('Agent paused, not asked').waitFor();
  await page.getByRole('button', { name: 'Let the agent answer again' }).click();
  await page.getByText('Answers', { exact: true }).waitFor();
  await world.play({ ...visitor, text: 'Hello again' });
  await refresh();
  await page.getByText('You said: Hello again').first().waitFor();
  expect(world.agent.turns().map(({ event }) => event)).not.toContainEqual(
    expect.objectContaining({ message: expect.objectContaining({ text: 'Is anybody there?' }) }),
  );
});

test('the page of a reply says what became of each message, in the provider’s words', async () => {
  const visitor = { ...world.newVisitor(), name: 'Daria' };
  await world.play({ ...visitor, text: 'What news?', next: { outcome: 'no-whatsapp' } });
  await find(visitor.from);
  const turn = page.getByRole('article').filter({ hasText: 'You said: What news?' });
  await turn.getByText('360dialog or WhatsApp said no (131026).').waitFor();
  await turn.getByRole('link', { name: 'Show this delivery' }).click();
  const part = page.getByRole('article', { name: 'Message 1' });
  await part.getByText('Not delivered').waitFor();
  await part.getByText('Message undeliverable', { exact: false }).waitFor();
  await part.getByText('1 time', { exact: true }).waitFor();
  expect(await hindrances(page)).toEqual([]);
  await page.reload();
  await part.getByText('Not delivered').waitFor();
  await page.getByRole('link', { name: 'Show it in its chat' }).click();
  await page.locator('.turn.is-named').getByText('You said: What news?').waitFor();
});

test('a chat is erased after a question that names it, and is not found again', async () => {
  const visitor = { ...world.newVisitor(), name: 'Emil' };
  await world.play({ ...visitor, text: 'Forget me' });
  await find(visitor.from);
  await page.getByRole('button', { name: 'Erase chat' }).click();
  const question = page.getByRole('dialog', {
    name: `Erase the chat with Emil (${visitor.from})?`,
  });
  const id = chatIn(page.url());
  await question.getByText(`Chat ${id} of “Night shop”`).waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('You said: Forget me').first().waitFor();
  await page.getByRole('button', { name: 'Erase chat' }).click();
  await question.getByRole('button', { name: 'Erase chat' }).click();
  await page.getByText(`The chat ${id} is erased.`).waitFor();
  await page.goto(`${world.runtime.url}/channels/${world.channelId}/chats/${id}`);
  await page.getByRole('heading', { name: 'There is no such chat.' }).waitFor();
  await find(visitor.from);
  await page.getByText('There is no such chat in “Night shop”.').waitFor();
});

test.each([
  { language: 'en', theme: 'light', width: 1440 },
  { language: 'ru', theme: 'dark', width: 380 },
] as const)('axe-core finds nothing on the pages of chats ($language, $theme, $width px)', async ({
  language,
  theme,
  width,
}) => {
  const visitor = { ...world.newVisitor(), name: 'Farah' };
  await world.play({ ...visitor, text: 'Look at me' });
  await page.setViewportSize({ width, height: 900 });
  const axe = async (ready: string) => {
    await page.locator(ready).first().waitFor();
    expect(await hindrances(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  };
  await find(visitor.from);
  await page.getByRole('heading', { name: 'Farah' }).waitFor();
  await prefer(page, { language, theme });
  await axe('.turn');
  await page.locator('.turn-reply a').click();
  await axe('.part-card');
  await page.goto(`${world.runtime.url}/chats`);
  await axe('#find-chat');
});

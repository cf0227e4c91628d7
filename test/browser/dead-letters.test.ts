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
  [world, browser] = await Promise.all([openLookedAfter(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});
beforeEach(async () => {
  page = await browser.open(`${world.runtime.url}/dead-letters`);
  await prefer(page, {});
});
afterEach(async () => {
  await page.close();
  expect(browser.faults()).toEqual([]);
});

const rows = () => page.getByRole('link', { name: /^Message of a visitor/ });
const inQuestion = (name: string) => page.getByRole('dialog').getByRole('button', { name });

test('where nothing was given up the page says so', async () => {
  await page.getByRole('heading', { name: 'Nothing was given up.' }).waitFor();
  await page.goto(`${world.runtime.url}/dead-letters?code=agent-timeout`);
  await page.getByText('Nothing was given up that these filters mean.').waitFor();
  expect(await page.getByLabel('Reason').inputValue()).toBe('agent-timeout');
});

test('a lost turn is shown with its reason in words and redriven, and its answer arrives', async () => {
  const visitor = { ...world.newVisitor(), name: 'Anna' };
  await world.lose(visitor, 'my order?');
  await page.reload();
  await rows().click();
  await page.getByText('The agent answered a status that means no.').waitFor();
  await page.getByText('HTTP 404').waitFor();
  await page.getByText('"text": "my order?"', { exact: false }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Redrive' }).click();
  await page.getByText('1 letter is redriven.').waitFor();
  await page.getByRole('heading', { name: 'Nothing was given up.' }).waitFor();
  await world.runtime.idle();
  await page.goto(`${world.runtime.url}/channels/${world.channelId}/chats`);
  await page.getByLabel('Phone, BSUID, chat id or reply id').fill(visitor.from);
  await page.keyboard.press('Enter');
  await page.getByText('You said: my order?').waitFor();
});

test('the way from a letter leads to its chat and back, and a letter that is gone says so', async () => {
  const visitor = { ...world.newVisitor(), name: 'Boris' };
  await world.lose(visitor, 'Where are you?');
  await page.reload();
  await rows().click();
  await page.getByRole('button', { name: 'Show the chat' }).click();
  await page.getByRole('heading', { name: 'Boris' }).waitFor();
  await page.locator('.turn.is-named').getByRole('link', { name: 'Show the dead letter' }).click();
  await page.getByRole('button', { name: 'Drop' }).click();
  expect(await hindrances(page)).toEqual([]);
  const gone = page.url();
  await inQuestion('Drop').click();
  await page.getByText('1 letter is dropped.').waitFor();
  await page.goto(gone);
  await page.getByRole('heading', { name: 'This letter is not there any more.' }).waitFor();
});

test('all letters that the filters mean are redriven or dropped, and what is refused stays', async () => {
  for (const text of ['first', 'second', 'third']) await world.lose(world.newVisitor(), text);
  await page.goto(`${world.runtime.url}/dead-letters`);
  await page.getByText('3 letters', { exact: true }).waitFor();
  await page.getByLabel('Channel').selectOption(world.channelId);
  await page.getByLabel('Reason').selectOption('agent-rejected');
  await page.getByText('3 letters', { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe(`?channel_id=${world.channelId}&code=agent-rejected`);
  const switched = await fetch(
    `${world.runtime.url}/admin/channels/${world.channelId}/deactivate`,
    { method: 'POST' },
  );
  expect(switched.status).toBe(200);
  const redriveAll = async () => {
    await page.getByRole('button', { name: 'Redrive all' }).click();
    await page
      .getByRole('dialog', {
        name: 'Redrive the letters of “Night shop” with the reason agent-rejected?',
      })
      .waitFor();
    await inQuestion('Redrive all').click();
  };
  await redriveAll();
  await page.getByText('3 were refused and stay:').waitFor();
  await page.getByText('channel-inactive').first().waitFor();
  await page.getByText('3 letters', { exact: true }).waitFor();

  await fetch(`${world.runtime.url}/admin/channels/${world.channelId}/activate`, {
    method: 'POST',
  });
  world.agent.next({ status: 404, headers: {}, body: '' });
  await redriveAll();
  await page.getByText('3 letters are redriven.').waitFor();
  await world.runtime.idle();
  await page.reload();
  await page.getByText('1 letter', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Drop all' }).click();
  await inQuestion('Drop all').click();
  await page.getByText('1 letter is dropped.').waitFor();
  await page.getByText('Nothing was given up that these filters mean.').waitFor();
});

test('a list that comes late does not take the place of the one that was asked for since', async () => {
  await world.lose(world.newVisitor(), 'late');
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isLate = (url: URL) =>
    url.pathname === '/admin/dead-letters' && !url.search.includes('code');
  await page.route(isLate, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.getByLabel('Reason').selectOption('agent-timeout');
  await page.getByText('Nothing was given up that these filters mean.').waitFor();
  const late = page.waitForResponse((response) => isLate(new URL(response.url())));
  release();
  await (await late).finished();
  // By the time that an answer asked for later is there, the page has seen this one.
  await page.evaluate("fetch('/healthz').then((answer) => answer.text())");
  await page.getByText('Nothing was given up that these filters mean.').waitFor();
  expect(await rows().count()).toBe(0);
});

test.each([
  { language: 'en', theme: 'light', width: 1440 },
  { language: 'ru', theme: 'dark', width: 380 },
] as const)('axe-core finds nothing on the pages of dead letters ($language, $theme, $width px)', async ({
  language,
  theme,
  width,
}) => {
  await world.lose(world.newVisitor(), 'Look at me');
  await page.setViewportSize({ width, height: 900 });
  await prefer(page, { language, theme });
  for (const ready of ['.letter-row', '.json']) {
    await page.locator(ready).first().waitFor();
    expect(await hindrances(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    if (ready === '.letter-row') await page.locator(ready).first().click();
  }
});

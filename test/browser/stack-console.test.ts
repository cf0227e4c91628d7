import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runCommandLine } from '../../infra/cli/run-command-line.ts';
import { openTerminal } from '../infra/cli/terminal.ts';
import { until } from '../support/runtime-until.ts';
import { hindrances } from './support/axe.ts';
import { type LookedAfter, openLookedAfter } from './support/looked-after.ts';
import { openBrowser, type TestBrowser } from './support/open-browser.ts';
import { prefer } from './support/visit.ts';

let world: LookedAfter;
let browser: TestBrowser;
let terminal: ReturnType<typeof openTerminal>;
let ending: Promise<number>;
/** With the secret of the run. */
let printed: string;
let page: Page;
beforeAll(async () => {
  [world, browser] = await Promise.all([openLookedAfter({ history_turns: 4 }), openBrowser()]);
  terminal = openTerminal();
  const { port } = new URL(world.runtime.url);
  ending = runCommandLine(['console', '--port', port, '--json'], terminal);
  await until(() => `${terminal.shown.stdout}${terminal.shown.stderr}`.includes('\n'), {
    timeoutMs: 50_000,
    what: 'the address of the console',
  });
  printed = (JSON.parse(terminal.shown.stdout) as { url: string }).url;
  page = await browser.open(printed);
});
afterAll(async () => {
  terminal?.interrupt();
  await browser?.close();
  await world?.stop();
});
afterEach(() => {
  expect(browser.faults()).toEqual([]);
});

const at = (path: string) => new URL(path, printed).href;
const textOf = (shown: Page) => shown.locator('html').innerHTML();

test('the printed address opens the channels of the stack, without the phone and without the secret in the address', async () => {
  await page.getByRole('link', { name: /Night shop/ }).waitFor();
  expect(page.url()).toBe(at('/').split('?')[0]);
  await page.locator('.at-stack').getByText(new URL(world.runtime.url).host).waitFor();
  const entries = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  expect(await entries.allInnerTexts()).toEqual(['Channels', 'Chats', 'Dead letters']);
});

test('words and phones are hidden until a page is asked for them, and the next page hides them again', async () => {
  const visitor = { ...world.newVisitor(), name: 'Anna Lindqvist' };
  await world.play({ ...visitor, text: 'A secret wish' });
  await world.lose(visitor, 'A lost wish');
  const digits = visitor.from.slice(1);
  await page.goto(at('/chats'));
  await page.getByLabel('Phone, BSUID, chat id or reply id').fill(visitor.from);
  await page.keyboard.press('Enter');
  await page
    .getByText(/^Hidden: \d+ characters$/)
    .first()
    .waitFor();
  for (const hidden of ['Anna', digits, 'A secret wish']) {
    expect((await textOf(page)).includes(hidden)).toBe(false);
  }
  await page.getByRole('button', { name: 'Erase chat' }).click();
  expect(await textOf(page)).not.toContain(digits);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Show words and phones' }).click();
  await page.getByRole('heading', { name: 'Anna Lindqvist' }).waitFor();
  await page.getByText(visitor.from, { exact: true }).waitFor();
  await page.getByText('You said: A secret wish').first().waitFor();

  await page.getByRole('link', { name: 'Show the dead letter' }).first().click();
  await page.getByText(/^Hidden: \d+ characters$/).waitFor();
  for (const hidden of ['Anna', digits, 'A lost wish']) {
    expect((await textOf(page)).includes(hidden)).toBe(false);
  }
  await page.getByRole('button', { name: 'Show words and phones' }).click();
  await page.getByText('"text": "A lost wish"', { exact: false }).waitFor();
  await page.reload();
  await page.getByText(/^Hidden: \d+ characters$/).waitFor();
});

test('a dead letter is redriven through the console', async () => {
  await world.lose({ ...world.newVisitor(), name: 'Boris' }, 'Once more');
  await page.goto(at(`/dead-letters?channel_id=${world.channelId}`));
  await page
    .getByRole('link', { name: /^Message of a visitor/ })
    .last()
    .click();
  await page.getByRole('button', { name: 'Redrive' }).click();
  await page.getByText('1 letter is redriven.').waitFor();
  await world.runtime.idle();
  expect(world.agent.turns().at(-1)?.event).toMatchObject({ message: { text: 'Once more' } });
});

test.each([
  { language: 'en', theme: 'light', width: 1440 },
  { language: 'ru', theme: 'dark', width: 380 },
] as const)('axe-core finds nothing on hidden pages ($language, $theme, $width px)', async ({
  language,
  theme,
  width,
}) => {
  const visitor = { ...world.newVisitor(), name: 'Chen' };
  await world.play({ ...visitor, text: 'Look at me' });
  const { chat_id: chatId } = (await (
    await fetch(
      `${world.runtime.url}/admin/channels/${world.channelId}/chats?phone=${visitor.from.slice(1)}`,
    )
  ).json()) as { chat_id: string };
  await page.setViewportSize({ width, height: 900 });
  await page.goto(at(`/channels/${world.channelId}/chats/${chatId}`));
  await prefer(page, { language, theme });
  await page.locator('.turn .masked').first().waitFor();
  expect(await hindrances(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
});

test('another browser, without the secret, gets nothing; and Ctrl-C closes the console', async () => {
  const stranger = await openBrowser();
  try {
    const theirs = await stranger.open(at('/channels'));
    expect(await theirs.innerText('body')).toContain('npm run console has printed');
  } finally {
    await stranger.close();
  }
  terminal.interrupt();
  expect(await ending).toBe(0);
  await expect(fetch(at('/'))).rejects.toThrow();
});

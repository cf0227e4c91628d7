// Answers that come late, or in another order than they were asked for, on the pages about channels and chats.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Admin, adminOf, newKey } from './support/admin.ts';
import { hold } from './support/hold-answers.ts';
import { type LookedAfter, openLookedAfter } from './support/looked-after.ts';
import { openBrowser, type TestBrowser } from './support/open-browser.ts';
import { prefer } from './support/visit.ts';

let world: LookedAfter;
let browser: TestBrowser;
let page: Page;
let admin: Admin;
beforeAll(async () => {
  [world, browser] = await Promise.all([openLookedAfter(), openBrowser()]);
  admin = adminOf(world.runtime.url);
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

const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const link = (name: string | RegExp) => page.getByRole('link', { name }).first();
const button = (name: string) => page.getByRole('button', { name, exact: true });
/** Finds a chat without loading the page anew. */
async function find(phone: string) {
  await page.getByLabel('Phone, BSUID, chat id or reply id').fill(phone);
  await button('Find').click();
}
const PAUSE = { method: 'POST', path: /\/pause$/ };

test('what is answered about one chat is not shown in another, to which the person has gone', async () => {
  const [anna, boris] = [
    { ...world.newVisitor(), name: 'Anna' },
    { ...world.newVisitor(), name: 'Boris' },
  ];
  for (const visitor of [anna, boris]) await world.play({ ...visitor, text: 'Hello' });
  await find(anna.from);
  await heading('Anna').waitFor();
  await link('Chats').click();
  await find(boris.from);
  await heading('Boris').waitFor();
  const paused = await hold(page, PAUSE);
  await button('Pause the agent').click();
  await paused.isHeld;
  await page.evaluate('history.go(-2)');
  await heading('Anna').waitFor();
  await paused.release();
  await heading('Anna').waitFor();
  await page.getByText('Answers', { exact: true }).waitFor();
});

test('a pause that is answered late does not cover what was read of the chat meanwhile', async () => {
  const visitor = { ...world.newVisitor(), name: 'Chen' };
  await world.play({ ...visitor, text: 'First' });
  await find(visitor.from);
  const first = page.getByRole('article').filter({ hasText: 'You said: First' });
  await first.waitFor();
  const paused = await hold(page, PAUSE);
  await button('Pause the agent').click();
  await paused.isHeld;
  await world.play({ ...visitor, text: 'Second' });
  await button('Refresh').click();
  await page.getByRole('article').nth(1).waitFor();
  await paused.release();
  await page.getByText(/^Paused until/).waitFor();
  expect(await page.getByRole('article').count()).toBe(2);
});

test('a page that could not be read whole says so until it could', async () => {
  const visitor = { ...world.newVisitor(), name: 'Daria' };
  await world.play({ ...visitor, text: 'Hello' });
  await find(visitor.from);
  await heading('Daria').waitFor();
  const channel = `**/admin/channels/${world.channelId}`;
  await page.route(channel, (route) =>
    route.fulfill({ status: 429, json: { code: 'too-many', detail: 'Later.' } }),
  );
  await page.reload();
  await page.getByRole('alert').getByText('Later.').waitFor();
  await page.unroute(channel);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await link('Night shop').waitFor();
});

test('who goes from channel to channel quickly sees the last one', async () => {
  const [one, two] = [await admin.create({ title: 'One' }), await admin.create({ title: 'Two' })];
  for (const [id, title] of [
    [one, 'One'],
    [two, 'Two'],
  ]) {
    await link('Channels').click();
    await link(new RegExp(id ?? '')).click();
    await heading(title ?? '').waitFor();
  }
  const late = await hold(page, { path: new RegExp(`^/admin/channels/${one}$`) });
  await page.evaluate('history.go(-2)');
  await late.isHeld;
  await page.evaluate('history.go(2)');
  await heading('Two').waitFor();
  await late.release();
  await heading('Two').waitFor();
});

test('what is typed while a channel is being saved is not lost', async () => {
  const id = await admin.create();
  await page.goto(`${world.runtime.url}/channels/${id}`);
  const minutes = page.locator('[id="field-options.max_wait_minutes"]');
  const saved = await hold(page, { method: 'PATCH', path: /./ });
  await page.getByLabel('Title').fill('Saved');
  await button('Save').click();
  await saved.isHeld;
  await minutes.fill('7');
  await page.getByLabel('Title').fill('Saved again');
  await saved.release();
  await heading('Saved').waitFor();
  await page.getByRole('status').getByText('2 changes are not saved').waitFor();
  expect(await minutes.inputValue()).toBe('7');
  await button('Save').click();
  await heading('Saved again').waitFor();
  expect(await admin.show(id)).toMatchObject({
    title: 'Saved again',
    options: { max_wait_minutes: 7 },
  });
});

test.each([
  {
    path: 'options.stop_words',
    typed: 'stop\nno ',
    saved: { options: { stop_words: ['stop', 'no'] } },
  },
  { path: 'agent.request', typed: '{"text": [1', saved: { agent: { request: { text: [1] } } } },
])('what is being typed as $path stays when a check is answered meanwhile', async ({
  path,
  typed,
  saved,
}) => {
  const url = `${world.runtime.url}/sandbox/agent`;
  const id = await admin.create({ agent: { kind: 'custom', url, request: {}, answer: '/a' } });
  await page.goto(`${world.runtime.url}/channels/${id}`);
  const field = page.locator(`[id="field-${path}"]`);
  const checked = await hold(page, { method: 'POST', path: /\/check$/ });
  await button('Check').click();
  await checked.isHeld;
  await field.selectText();
  await field.pressSequentially(typed);
  await checked.release();
  await heading('No message has come yet').waitFor();
  expect(await field.inputValue()).toBe(typed);
  if (path === 'agent.request') await field.pressSequentially(']}');
  await field.blur();
  await button('Save').click();
  await page.getByRole('status').getByText('Everything is saved').waitFor({ state: 'attached' });
  expect(await admin.show(id)).toMatchObject(saved);
});

test('secrets that are shown once wait for the person, whatever is answered about another channel', async () => {
  const other = await admin.create({ title: 'Other' });
  const id = await admin.create({ title: 'Rotated' });
  await link('Channels').click();
  await link(new RegExp(id)).click();
  await button('Rotate: Agent secret').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  const once = page.getByRole('region', { name: 'Shown only this once' });
  await once.waitFor();
  await link('Channels').click();
  await link(new RegExp(other)).click();
  await button('Check').click();
  await heading('No message has come yet').waitFor();
  await link('Channels').click();
  await link(new RegExp(id)).click();
  await once.waitFor();
});

test('who has gone to another page while a channel is being created stays there', async () => {
  await page.goto(`${world.runtime.url}/channels/new`);
  await page.getByLabel('Title').fill('Slow');
  await page.getByLabel('Access token').fill(newKey());
  await page.getByLabel('Address of 360dialog').fill(`${world.runtime.url}/sandbox/360dialog`);
  await page.locator('[id="field-agent.url"]').fill(`${world.runtime.url}/sandbox/agent`);
  const created = await hold(page, { method: 'POST', path: /^\/admin\/channels$/ });
  await button('Save').click();
  await created.isHeld;
  await link('Dead letters').click();
  await heading('Dead letters').waitFor();
  await created.release();
  expect(new URL(page.url()).pathname).toBe('/dead-letters');
  await heading('Dead letters').waitFor();
});

test('all letters are redriven once, also when another filter is chosen meanwhile', async () => {
  const visitor = world.newVisitor();
  for (const text of ['one', 'two']) await world.lose(visitor, text);
  await link('Dead letters').click();
  await page.getByText('2 letters', { exact: true }).waitFor();
  const redriven = await hold(page, { method: 'POST', path: /\/redrive$/ }, { at: 'request' });
  await button('Redrive all').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Redrive all' }).click();
  await redriven.isHeld;
  await page.getByLabel('Reason').selectOption('agent-rejected');
  await page
    .getByRole('link', { name: /^Message of a visitor/ })
    .nth(1)
    .waitFor();
  expect(await button('Redrive all').isDisabled()).toBe(true);
  await redriven.release();
  await page.getByText('2 letters are redriven.').waitFor();
  await page.getByText('Nothing was given up that these filters mean.').waitFor();
});

test('a letter that is redriven is gone from the list, also when the list was there first', async () => {
  await world.lose(world.newVisitor(), 'late');
  await link('Dead letters').click();
  const letter = link(/^Message of a visitor/);
  await letter.click();
  const redriven = await hold(page, { method: 'POST', path: /\/redrive$/ }, { at: 'request' });
  await button('Redrive').click();
  await redriven.isHeld;
  await page.getByRole('main').getByRole('link', { name: 'Dead letters' }).click();
  await letter.waitFor();
  await redriven.release();
  await page.getByText('1 letter is redriven.').waitFor();
  await heading('Nothing was given up.').waitFor();
});

test('what is wrong is said in the language that is chosen since', async () => {
  await page.goto(`${world.runtime.url}/channels/new`);
  await page.getByLabel('Kind of agent').selectOption('custom');
  const request = page.locator('[id="field-agent.request"]');
  await request.fill('{"text": ');
  await request.blur();
  await page.getByText('is not JSON').first().waitFor();
  await page.getByText('RU', { exact: true }).click();
  await page.getByText('это не JSON').first().waitFor();
});

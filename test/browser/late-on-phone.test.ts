// Answers that come late, or in another order than they were asked for, on the page with the phone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { hold } from './support/hold-answers.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'late-'));
let world: TestConsole;
let page: Page;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  page = await world.open();
  await phonePage(page).newVisitor();
});
afterEach(async () => {
  await page.close();
  expect(world.browser.faults()).toEqual([]);
});

const PLAY = { method: 'POST', path: /^\/sandbox\/360dialog\/play/ };
const refuse = (detail: string) =>
  page.route('**/360dialog/play?*', (route) => route.fulfill({ status: 422, json: { detail } }));
const another = () => page.getByRole('button', { name: 'New visitor' }).click();
const person = () => page.evaluate(() => localStorage.getItem('console.person'));
const pathIs = (path: string) => expect.poll(() => new URL(page.url()).pathname).toBe(path);
const isEmpty = () => page.getByText('Write something on the phone.', { exact: false }).waitFor();

test('neither the window nor the way of a visitor is shown beside the next one', async () => {
  const { write, inspector } = phonePage(page);
  await write('Hello');
  await inspector.getByText('Status: Read').waitFor();
  const window = page.getByRole('region', { name: '24-hour window' });
  await window.getByText(/left$/).waitFor();
  const chat = await hold(page, { path: /^\/sandbox\/360dialog\/chats\// });
  await another();
  await chat.isHeld;
  await window.getByText(/left$/).waitFor({ state: 'detached' });
  await isEmpty();
  await chat.release();
});

test('a text that quotes, or changes, a message of one visitor does so for nobody else', async () => {
  const { write, line, act, newVisitor, phone } = phonePage(page);
  const sent = async (text: string) => {
    const sending = page.waitForRequest((request) =>
      PLAY.path.test(new URL(request.url()).pathname),
    );
    await write(text);
    return (await sending).postDataJSON();
  };
  await write('two');
  await line('And this is the second.').waitFor();
  await act(line('This is the first message.'), 'Reply');
  await phone.getByText('Reply to', { exact: true }).waitFor();
  await newVisitor();
  expect(await sent('Hello')).not.toHaveProperty('quote');
  await act(line(/^The visitor:.*Hello/), 'Edit');
  await newVisitor();
  expect(await phone.getByLabel('Message', { exact: true }).inputValue()).toBe('');
  expect(await sent('Good day')).toMatchObject({ text: 'Good day' });
});

test('what did not go stands in the field again, with what it quotes and what was written since', async () => {
  const { write, line, act, phone } = phonePage(page);
  await write('two');
  await line('And this is the second.').waitFor();
  await act(line('This is the first message.'), 'Reply');
  const field = phone.getByLabel('Message', { exact: true });
  await refuse('Not now.');
  await write('About that one');
  await phone.getByRole('alert').getByText('Not now.').waitFor();
  await phone.getByText('Reply to', { exact: true }).waitFor();
  expect(await field.inputValue()).toBe('About that one');

  const answer = await hold(page, PLAY, { at: 'request', most: 1 });
  await page.keyboard.press('Enter');
  await answer.isHeld;
  await field.fill('And more');
  await answer.release();
  await phone.getByText('Reply to', { exact: true }).waitFor();
  expect(await field.inputValue()).toBe('About that one\nAnd more');
});

test('why something did not go stays, whatever happens in the chat meanwhile', async () => {
  const { write, phone, line } = phonePage(page);
  await refuse('No.');
  await write('Hello');
  await phone.getByRole('alert').getByText('No.').waitFor();
  await fetch(`${world.runtime.url}/sandbox/360dialog/play?wait=0`, {
    method: 'POST',
    body: JSON.stringify({ from: await person(), text: 'From elsewhere' }),
  });
  await line('You wrote: “From elsewhere”').waitFor();
  await phone.getByRole('alert').getByText('No.').waitFor();
});

test('who goes to another phone or page while a message is being sent stays there', async () => {
  const { write } = phonePage(page);
  const first = await hold(page, PLAY, { most: 1 });
  await write('Slow');
  await first.isHeld;
  await another();
  const next = await person();
  await first.release();
  await isEmpty();
  expect(await person()).toBe(next);

  const second = await hold(page, PLAY, { most: 1 });
  await write('Slow, too');
  await second.isHeld;
  await page.getByRole('link', { name: 'Channels' }).click();
  await page.getByRole('heading', { name: 'Channels' }).waitFor();
  await second.release();
  await pathIs('/channels');
});

test('a way that comes late does not call back who has gone to another phone', async () => {
  const { write, inspector } = phonePage(page);
  await write('Hello');
  await inspector.getByText('Status: Read').waitFor();
  const way = await hold(page, { path: /^\/sandbox\/inspector\/trails\// });
  await page.reload();
  await way.isHeld;
  await another();
  const next = await person();
  await way.release();
  await isEmpty();
  expect(await person()).toBe(next);
});

test('a file is sent by the visitor who has chosen it, however long it is read', async () => {
  const { phone } = phonePage(page);
  const read =
    'const { arrayBuffer } = File.prototype; const released = new Promise((go) => { window.go = go; });';
  const slow =
    'File.prototype.arrayBuffer = async function () { await released; return arrayBuffer.call(this); };';
  await page.evaluate(`(() => { ${read} ${slow} })()`);
  const by = await person();
  const sending = page.waitForRequest((request) => PLAY.path.test(new URL(request.url()).pathname));
  await phone.getByLabel('File to send').setInputFiles({
    name: 'bill.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4'),
  });
  await another();
  await page.evaluate('window.go()');
  expect((await sending).postDataJSON()).toMatchObject({ from: by });
  await isEmpty();
});

test('the steps that were missed while the connection was broken are there when it stands again', async () => {
  const { write, inspector } = phonePage(page);
  const events = /^\/sandbox\/inspector\/events/;
  const hung = { status: 200, contentType: 'text/event-stream', body: 'retry: 50\n\n' };
  const gone = await hold(page, { path: events }, { at: 'request' });
  await page.route('**/inspector/events', (route) => route.fulfill(hung), { times: 1 });
  await page.reload();
  await gone.isHeld;
  await write('Hello');
  await inspector.getByText('Webhook received').waitFor();
  await world.runtime.idle();
  await page.unroute('**/inspector/events');
  void gone.release().catch(() => {}); // a stream never ends
  await inspector.getByText('Status: Read').waitFor();
});

test('a page that was refused while the runtime started is live once it has', async () => {
  const { inspector, write, line } = phonePage(page);
  await page.route('**/inspector/events', (route) => route.fulfill({ status: 404 }), { times: 2 });
  await page.reload();
  await inspector.getByText('live', { exact: true }).waitFor();
  await write('Hello');
  await line('You wrote: “Hello”').waitFor();
});

test('two faults that are switched on quickly are both on, whichever answer is first', async () => {
  await page.getByRole('tab', { name: 'Faults' }).click();
  const on = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  const first = await hold(page, { method: 'POST', path: /^\/sandbox\/faults/ }, { most: 1 });
  await page.getByRole('button', { name: 'The agent is slow: Every message' }).click();
  await first.isHeld;
  await page.getByRole('button', { name: 'Too many messages (429): Every message' }).click();
  await on('Too many messages (429)').getByText('for every message').waitFor();
  await first.release();
  await page.getByRole('tab', { name: 'Faults 2 on' }).waitFor();
  await page.reload();
  await page.getByRole('tab', { name: 'Faults 2 on' }).click();
  await page.getByRole('button', { name: 'Switch all off' }).click();
  await page.getByRole('tab', { name: 'Faults', exact: true }).waitFor();
});

test('Replay pressed twice posts once', async () => {
  const { write, inspector } = phonePage(page);
  await write('Once more');
  await inspector.getByText('Status: Read').waitFor();
  const step = inspector.locator('.step', { hasText: 'Webhook received' }).first();
  await step.locator('summary').click();
  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/webhooks/')) posts += 1;
  });
  const post = await hold(page, { method: 'POST', path: /^\/webhooks\// });
  await step.getByRole('button', { name: 'Replay', exact: true }).dblclick();
  await post.isHeld;
  await post.release();
  expect(posts).toBe(1);
});

test('a replay of a scenario is told of also when another tab was looked at meanwhile', async () => {
  const file = join(folder, 'hello.json');
  writeFileSync(file, JSON.stringify({ scenario: 1, title: 'Hello', steps: [], seen: [] }));
  await page.getByRole('tab', { name: 'Scenario' }).click();
  const answer = await hold(page, { method: 'POST', path: /^\/sandbox\/scenarios/ });
  await page.getByLabel('Choose a file and replay it').setInputFiles(file);
  await answer.isHeld;
  await page.getByRole('tab', { name: 'Way' }).click();
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await page.getByText('Replaying', { exact: false }).waitFor();
  await answer.release();
  await page
    .getByRole('tabpanel')
    .getByText(/^The same|^steps/)
    .waitFor();
});

// What the page with the phone says of its channels and their agents, while a change is on its way.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { adminOf, newKey } from './support/admin.ts';
import { hold } from './support/hold-answers.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';

/** Nothing listens here. */
const NOBODY = 'http://127.0.0.1:9';
const LIST = /^\/admin\/channels\?/;

let world: TestConsole;
let page: Page;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(() => world?.close());
beforeEach(async () => {
  page = await world.open();
  await box().getByText('The demo agent answers.').waitFor();
});
afterEach(async () => {
  await page.close();
  expect(world.browser.faults()).toEqual([]);
});

const box = () => page.getByRole('region', { name: 'Your agent' });
const button = (name: string | RegExp) => box().getByRole('button', { name });
async function connect(url = NOBODY) {
  await button(/Use your own|Change/).click();
  await box().getByLabel('Address').fill(url);
  await button('Connect').click();
}
async function backToDemo() {
  await button('Back to the demo').click();
  await box().getByText('The demo agent answers.').waitFor();
}

test('a list of channels that was asked for before an agent was connected does not undo it', async () => {
  const events = { status: 200, contentType: 'text/event-stream', body: 'retry: 50\n\n' };
  const old = await hold(page, { path: LIST }, { most: 1 });
  // The connection breaks and comes back, so the channels are read again.
  await page.route('**/inspector/events', (route) => route.fulfill(events), { times: 1 });
  await page.reload();
  await old.isHeld;
  await box().getByText('The demo agent answers.').waitFor();
  await connect();
  await box().getByText(NOBODY, { exact: true }).waitFor();
  await old.release();
  await box().getByText(NOBODY, { exact: true }).waitFor();
  await backToDemo();
});

test('an agent that was connected is shown also when its secret was not replaced', async () => {
  await page.route('**/rotate-agent-secret?*', (route) =>
    route.fulfill({ status: 429, json: { code: 'too-many', detail: 'Later.' } }),
  );
  await connect();
  await box().getByRole('alert').getByText('Later.').waitFor();
  await box().getByText(NOBODY, { exact: true }).waitFor();
  await backToDemo();
});

test('what is said, shown or typed for one channel stays with it', async () => {
  const other = await adminOf(world.runtime.url).create({ title: 'Quiet shop' });
  await page.reload();
  const { write, line } = phonePage(page);
  const chat = page.getByRole('link', { name: 'What became of this chat' });
  await write('Hello');
  await line('You wrote: “Hello”').waitFor();
  await chat.waitFor();
  await page.reload();
  await box()
    .getByText(/^answers in/)
    .waitFor();
  await connect();
  await box().getByText('Agent did not answer').waitFor();
  await box()
    .getByText(/^whsec_/)
    .waitFor();
  const choice = page.getByRole('combobox', { name: /^Channel/ });
  const first = await choice.inputValue();
  await choice.selectOption(other);
  await box().getByText('The demo agent answers.').waitFor();
  for (const words of [
    box().getByText('Agent did not answer'),
    box().getByLabel('Address'),
    chat,
  ]) {
    await words.waitFor({ state: 'detached' });
  }
  await choice.selectOption(first);
  await box()
    .getByText(/^whsec_/)
    .waitFor();
  await chat.waitFor();
  await backToDemo();
});

test('a channel that was changed on its own page is the new one when the phone is looked at again', async () => {
  const link = (name: string) => page.getByRole('link', { name }).first();
  const { phone } = phonePage(page);
  const title = await phone.getByRole('heading').innerText();
  const rename = async (from: string, to: string) => {
    await link('Channels').click();
    await link(from).click();
    await page.getByLabel('Title').fill(to);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: to }).waitFor();
    await link('Phone').click();
    await phone.getByRole('heading', { name: to }).waitFor();
  };
  await rename(title, 'Renamed');
  const { url, demo } = world.runtime;
  await adminOf(url).edit(demo?.channelId ?? '', { title });
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await phone.getByRole('heading', { name: title, exact: true }).waitFor();
});

test('what is wrong with the settings is said in the language that is chosen since', async () => {
  await button('Use your own').click();
  await box().getByLabel('Kind').selectOption('custom');
  await box().getByLabel('Address').fill(NOBODY);
  await box().getByLabel('Settings of the kind, as JSON').fill('[]');
  await button('Connect').click();
  await box().getByText('The settings must be a JSON object.').waitFor();
  await page.getByText('RU', { exact: true }).click();
  await page.getByText('Настройки должны быть объектом JSON.').waitFor();
});

test('the channel of a message whose address was opened is chosen also when the list of channels was refused first', async () => {
  const token = newKey();
  const { url } = world.runtime;
  const title = 'Opened by address';
  const agent = { url: `${url}/sandbox/agent` };
  const id = await adminOf(url).create({ title, token, agent, active: true });
  const body = JSON.stringify({ from: '+491701999001', text: 'Hello', token });
  const headers = { 'content-type': 'application/json' };
  const play = `${url}/sandbox/360dialog/play?wait=0`;
  const played = await fetch(play, { method: 'POST', headers, body });
  const { message_id } = (await played.json()) as { message_id: string };
  await page.route('**/admin/channels?*', (route) =>
    route.fulfill({ status: 429, json: { code: 'too-many', detail: 'Later.' } }),
  );
  await page.goto(`${url}/messages/${message_id}`);
  await phonePage(page).inspector.getByText('Webhook received').first().waitFor();
  const look = async () => {
    const list = page.waitForResponse((answer) => answer.url().includes('/admin/channels?'));
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await (await list).finished();
  };
  await look();
  await page.unroute('**/admin/channels?*');
  await look();
  const choice = page.locator('.channel-choice select');
  await choice.getByText(title).waitFor({ state: 'attached' });
  expect(await choice.inputValue()).toBe(id);
});

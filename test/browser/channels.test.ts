import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownRuntime } from '../support/borrow-runtime.ts';
import type { TestRuntime } from '../support/runtime.ts';
import { type Admin, adminOf, newKey } from './support/admin.ts';
import { hindrances } from './support/axe.ts';
import { openBrowser, type TestBrowser } from './support/open-browser.ts';
import { prefer } from './support/visit.ts';

/** Nothing listens here. */
const NOBODY = 'http://127.0.0.1:9';

let runtime: TestRuntime;
let browser: TestBrowser;
let page: Page;
let admin: Admin;
beforeAll(async () => {
  [runtime, browser] = await Promise.all([ownRuntime(), openBrowser()]);
  admin = adminOf(runtime.url);
});
afterAll(async () => {
  await browser?.close();
  await runtime?.stop();
});
beforeEach(async () => {
  page = await browser.open(`${runtime.url}/channels/new`);
  await prefer(page, {});
});
afterEach(async () => {
  await page.close();
  expect(browser.faults()).toEqual([]);
});

async function fillIn(title: string, provider: string) {
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Access token').fill(newKey());
  await page.getByLabel('Address of 360dialog').fill(provider);
  await page.locator('[id="field-agent.url"]').fill(`${runtime.url}/sandbox/agent`);
}

test('a channel that 360dialog cannot be reached for is created with a warning, and its secrets are shown once', async () => {
  await fillIn('Unreachable', NOBODY);
  await page.getByRole('button', { name: 'Save and activate' }).click();
  await page.getByRole('heading', { name: 'Can’t reach channel' }).waitFor();
  await page.getByText('The channel is active all the same.').waitFor();
  expect(await page.getByText(/^whsec_/).count()).toBe(1);
  await page.getByText('RU', { exact: true }).click();
  await page.getByRole('heading', { name: 'Can’t reach channel' }).waitFor();
  await page.getByText('360dialog не ответил', { exact: false }).waitFor();
  await page.getByText('EN', { exact: true }).click();
  await page.reload();
  await page.getByRole('heading', { name: 'Unreachable' }).waitFor();
  expect(await page.getByText(/^whsec_/).count()).toBe(0);
});

test('a channel whose webhook 360dialog refuses is created with the other warning', async () => {
  await fillIn('Refused', `${runtime.url}/sandbox/360dialog/no-such-place`);
  await page.getByRole('button', { name: 'Save and activate' }).click();
  await page.getByRole('heading', { name: 'Couldn’t register agent webhook' }).waitFor();
  await page.getByText('The channel is active all the same.').waitFor();
});

test('a fault stands beside its field, and nothing is created', async () => {
  await page.getByLabel('Title').fill('Half');
  await page.getByLabel('Access token').fill('has a blank');
  await page.locator('[id="field-options.dialog_idle_minutes"]').fill('99999');
  await page.locator('[id="field-agent.url"]').fill(NOBODY);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Nothing was saved: 2 fields are wrong').waitFor();
  const beside = (path: string) => page.locator(`[id="field-${path}-fault"]`).innerText();
  expect(await beside('token')).toContain('must be the 360dialog API key');
  expect(await beside('options.dialog_idle_minutes')).toContain('from 0 to 10080');
  expect(await page.getByLabel('Access token').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel('Access token').getAttribute('type')).toBe('password');
});

test('a draft survives a reload, its secrets do not, and nothing of it applies until Save', async () => {
  const id = await admin.create();
  await page.goto(`${runtime.url}/channels/${id}`);
  await page.getByLabel('Title').fill('Support at night');
  await page.getByLabel('Access token').fill('another-key-of-an-invented-number');
  await page.getByRole('status').getByText('2 changes are not saved').waitFor();
  await page.reload();
  await page.getByRole('status').getByText('1 change is not saved').waitFor();
  expect(await page.getByLabel('Title').inputValue()).toBe('Support at night');
  expect(await page.getByLabel('Access token').inputValue()).toBe('');
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  expect(kept).not.toContain('invented-number');
  expect((await admin.show(id)).title).toBe('Support');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: 'Support at night' }).waitFor();
  expect(await admin.show(id)).toMatchObject({ title: 'Support at night', version: 2 });
});

test('two editors are told: mine are kept upon what the other has saved', async () => {
  const id = await admin.create();
  await page.goto(`${runtime.url}/channels/${id}`);
  await page.getByLabel('Title').fill('Mine');
  await admin.edit(id, { title: 'Theirs', options: { park_hours: 5 } });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const conflict = page.getByRole('alert', { name: 'This channel was changed meanwhile' });
  await conflict.getByRole('row', { name: /Title Support Theirs Mine/ }).waitFor();
  await conflict
    .getByRole('row', { name: 'How long to wait for the visitor 24 5 not edited' })
    .waitFor();
  expect(await hindrances(page)).toEqual([]);
  expect((await admin.show(id)).title).toBe('Theirs');
  await conflict.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: 'Mine' }).waitFor();
  expect(await admin.show(id)).toMatchObject({ title: 'Mine', options: { park_hours: 5 } });
});

test('two editors are told: theirs are taken, and the rest of mine stays', async () => {
  const id = await admin.create();
  await page.goto(`${runtime.url}/channels/${id}`);
  await page.getByLabel('Title').fill('Mine');
  await page.locator('[id="field-options.max_wait_minutes"]').fill('7');
  await admin.edit(id, { title: 'Theirs' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Take theirs' }).click();
  expect(await page.getByLabel('Title').inputValue()).toBe('Theirs');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Everything is saved').waitFor({ state: 'attached' });
  expect(await admin.show(id)).toMatchObject({ title: 'Theirs', options: { max_wait_minutes: 7 } });
});

test('a channel is activated, checked with a cure for each finding, switched off and deleted', async () => {
  const id = await admin.create({ title: 'Whole <b>life</b>' });
  await page.goto(`${runtime.url}/channels/${id}`);
  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  await page.getByRole('button', { name: 'Activate again' }).waitFor();
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('heading', { name: 'No message has come yet' }).waitFor();
  await page.getByText('Write to the number from a phone.').waitFor();
  expect(await page.getByRole('button', { name: 'Delete channel' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('button', { name: 'Activate', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete channel' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete channel' }).click();
  await page.getByRole('heading', { name: 'Channels' }).waitFor();
  expect((await fetch(`${runtime.url}/admin/channels/${id}`)).status).toBe(404);
});

test('an operator asks the agent one real question, and sees what a visitor would have got', async () => {
  const id = await admin.create();
  await page.goto(`${runtime.url}/channels/${id}`);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Ask the agent “ping”' }).click();
  await page.getByRole('definition').first().waitFor();
  expect(await page.getByRole('term').getByText('ping', { exact: true }).count()).toBe(1);
  expect(await page.getByRole('definition').first().innerText()).toContain('ping');
  await page.locator('details:has(.is-ok) summary').click();
  await page.getByRole('heading', { name: 'The agent answers a message' }).waitFor();
  expect(await hindrances(page)).toEqual([]);
});

test('a rotated secret is shown once', async () => {
  const id = await admin.create();
  await page.goto(`${runtime.url}/channels/${id}`);
  await page.getByRole('button', { name: 'Rotate: Agent secret' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  await page.getByRole('region', { name: 'Shown only this once' }).waitFor();
  expect(await page.getByText(/^whsec_/).count()).toBe(1);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  expect(await page.getByText(/^whsec_/).count()).toBe(0);
});

test.each([
  { language: 'en', theme: 'light', width: 1440 },
  { language: 'ru', theme: 'dark', width: 380 },
] as const)('axe-core finds nothing on the pages of channels ($language, $theme, $width px)', async ({
  language,
  theme,
  width,
}) => {
  const id = await admin.create();
  await page.setViewportSize({ width, height: 900 });
  await prefer(page, { language, theme });
  for (const [path, ready] of [
    ['/channels', '.list'],
    ['/channels/new', '.save-bar'],
    [`/channels/${id}`, '.aside'],
  ]) {
    await page.goto(runtime.url + path);
    await page.locator(ready ?? '').waitFor();
    expect(await hindrances(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  }
});

test('the channels that were asked for one page after another stay, also when the next page is refused', async () => {
  const titles = ['First', 'Second', 'Third'];
  for (const title of titles) await admin.create({ title });
  const more = page.getByRole('button', { name: 'Show more' });
  const rows = page.getByRole('main').getByRole('listitem');
  let isRefused = false;
  await page.route(/\/admin\/channels\?/, (route, request) => {
    if (isRefused) return route.fulfill({ status: 429, json: { code: 'x', detail: 'Later.' } });
    const url = new URL(request.url());
    url.searchParams.set('limit', '1');
    return route.continue({ url: url.href });
  });
  await page.getByRole('link', { name: 'Channels' }).first().click();
  await rows.nth(0).waitFor();
  await more.click();
  await rows.nth(1).waitFor();
  isRefused = true;
  await more.click();
  await page.getByRole('alert').getByText('Later.').waitFor();
  isRefused = false;
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await more.click();
  await rows.nth(2).waitFor();
});

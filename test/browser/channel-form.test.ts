import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownRuntime } from '../support/borrow-runtime.ts';
import type { TestRuntime } from '../support/runtime.ts';
import { adminOf } from './support/admin.ts';
import { openBrowser, type TestBrowser } from './support/open-browser.ts';
import { prefer } from './support/visit.ts';

let runtime: TestRuntime;
let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  [runtime, browser] = await Promise.all([ownRuntime(), openBrowser()]);
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

test('the form asks for what the kind of agent takes, and keeps in sight what was typed for another kind', async () => {
  const shown = (name: string) => page.locator(`[id="field-agent.${name}"]`);
  expect(await shown('operator_marker').count()).toBe(1);
  for (const name of ['model', 'assistant_id', 'runtime_arn', 'request']) {
    expect(await shown(name).count()).toBe(0);
  }
  await page.getByLabel('Kind of agent').selectOption('anthropic');
  await shown('model').fill('a-model');
  expect(await shown('max_tokens').count()).toBe(1);
  expect(await shown('max_completion_tokens').count()).toBe(0);
  await page.getByLabel('Kind of agent').selectOption('langgraph');
  await shown('assistant_id').waitFor();
  expect(await shown('max_tokens').count()).toBe(0);
  expect(await shown('model').inputValue()).toBe('a-model');
});

test('a tick box stands at the left, before its words', async () => {
  const box = await page.locator('[id="field-agent.events"]').boundingBox();
  const group = await page.getByRole('group', { name: 'Events' }).boundingBox();
  expect(box?.x).toBe(group?.x);
});

test('what is no JSON is never left out of a Save, and Discard takes it back', async () => {
  const admin = adminOf(runtime.url);
  const id = await admin.create({
    agent: { kind: 'custom', url: `${runtime.url}/sandbox/agent`, request: [1], answer: '/a' },
  });
  await page.goto(`${runtime.url}/channels/${id}`);
  const request = page.locator('[id="field-agent.request"]');
  const save = page.getByRole('button', { name: 'Save', exact: true });
  const before = await request.inputValue();
  await page.getByLabel('Title').fill('With a body');
  await request.fill('{"text": ');
  await request.blur();
  const fault = page.locator('[id="field-agent.request-fault"]');
  await fault.getByText('is not JSON').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await request.inputValue()).toBe(before);
  expect(await fault.innerText()).toBe('');
  await request.fill('{"text": "{{event.message.text}}"}');
  await request.blur();
  await save.click();
  await page.getByRole('status').getByText('Everything is saved').waitFor({ state: 'attached' });
  expect(await admin.show(id)).toMatchObject({
    title: 'Support',
    agent: { request: { text: '{{event.message.text}}' } },
  });
});

test('the key of a transcriber is typed hidden, never kept by the tab, and stays when the rest is edited', async () => {
  const admin = adminOf(runtime.url);
  const id = await admin.create({ agent: { url: `${runtime.url}/sandbox/agent` } });
  await page.goto(`${runtime.url}/channels/${id}`);
  const part = (name: string) => page.locator(`[id="field-options.transcription.${name}"]`);
  await page.locator('[id="field-options.transcription"]').check();
  await part('url').fill('https://speech.example/v1');
  await part('model').fill('whisper-1');
  await part('api_key').fill('sk-speech');
  expect(await part('api_key').getAttribute('type')).toBe('password');
  expect(await part('api_key').inputValue()).toBe('sk-speech');
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('sk-speech');
  const save = page.getByRole('button', { name: 'Save', exact: true });
  const transcriber = async () =>
    ((await admin.show(id)) as { options: { transcription: object | null } }).options.transcription;
  const kept = { url: 'https://speech.example/v1', model: 'whisper-1', headers: {}, api_key: '…' };
  await save.click();
  await expect.poll(transcriber, { timeout: 20_000 }).toEqual(kept);
  await expect.poll(() => part('api_key').inputValue(), { timeout: 20_000 }).toBe('');
  await part('language').fill('de');
  await save.click();
  await expect.poll(transcriber, { timeout: 20_000 }).toEqual({ ...kept, language: 'de' });
  // Only what is saved can be changed anew.
  await page.getByRole('status').getByText('Everything is saved').waitFor({ state: 'attached' });
  await part('language').fill('');
  await save.click();
  await expect.poll(transcriber, { timeout: 20_000 }).toEqual(kept);
});

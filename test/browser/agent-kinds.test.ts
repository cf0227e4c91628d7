import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENT_KINDS } from '../../shared/contract/agent-kind.ts';
import { startWireDouble, type WireDouble, type WireRequest } from '../support/wire-double.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';

let world: TestConsole;
let agent: WireDouble;
let page: Page;
beforeAll(async () => {
  [world, agent] = await Promise.all([openConsole(), startWireDouble()]);
  page = await world.open();
});
afterAll(async () => {
  await page?.close();
  expect(world?.browser.faults()).toEqual([]);
  await world?.close();
  await agent?.stop();
});

const MESSAGE = { role: 'ROLE_AGENT', parts: [{ text: 'a2a says hello' }] };
const RUNTIME = 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/desk-Ab1';
const REQUEST = { request: { question: '{{event.text}}' }, answer: '/text' };
const model = { model: 'small', api_key: 'sk-invented' };
const saidBy = (kind: string) => `${kind} says hello`;

// biome-ignore format: a table reads by column
const kinds: { kind: string; settings?: object; asked: string; says: unknown }[] = [
  { kind: 'openai-chat',       settings: model,                    asked: '/chat/completions',      says: { choices: [{ message: { content: saidBy('openai-chat') } }] } },
  { kind: 'anthropic',         settings: model,                    asked: '/messages',              says: { content: [{ type: 'text', text: saidBy('anthropic') }] } },
  { kind: 'webim',                                                 asked: '/',                      says: { has_answer: true, messages: [{ kind: 'operator', text: saidBy('webim') }] } },
  { kind: 'rasa',                                                  asked: '/webhooks/rest/webhook', says: [{ text: saidBy('rasa') }] },
  { kind: 'n8n',                                                   asked: '/',                      says: { output: saidBy('n8n') } },
  { kind: 'a2a',                                                   asked: '/',                      says: { result: { message: MESSAGE } } },
  { kind: 'langgraph',         settings: { assistant_id: 'desk' }, asked: '/runs/wait',             says: { messages: [{ type: 'ai', content: saidBy('langgraph') }] } },
  { kind: 'bedrock-agentcore', settings: { runtime_arn: RUNTIME }, asked: '/invocations',           says: { result: saidBy('bedrock-agentcore') } },
  { kind: 'custom',            settings: REQUEST,                  asked: '/',                      says: { text: saidBy('custom') } },
];

test('the box offers every kind', async () => {
  const box = page.getByRole('region', { name: 'Your agent' });
  await box.getByRole('button', { name: 'Use your own' }).click();
  const offered = await box.getByRole('combobox').locator('option').allInnerTexts();
  expect(offered).toEqual([...AGENT_KINDS]);
  expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(offered.slice(1).toSorted());
  await page.reload();
});

test.each(kinds)('a developer lets an agent of kind $kind answer', async ({
  kind,
  settings,
  asked,
  says,
}) => {
  agent.usually(({ method }: WireRequest) => (method === 'POST' ? says : {}));
  const box = page.getByRole('region', { name: 'Your agent' });
  const { write, line } = phonePage(page);
  await box.getByRole('button', { name: /Use your own|Change/ }).click();
  await box.getByRole('combobox').selectOption(kind);
  await box.getByLabel('Address').fill(agent.url);
  const field = box.getByLabel('Settings of the kind, as JSON');
  expect(await field.getAttribute('placeholder')).toMatch(/^\{.*\}$/);
  if (settings) await field.fill(JSON.stringify(settings));
  await box.getByRole('button', { name: 'Connect' }).click();
  await box.getByText(`${kind} · ${agent.url}`).waitFor();
  agent.requests.splice(0);
  await write(`Hello, ${kind}`);
  await line(saidBy(kind)).waitFor();
  const posted = agent.requests.find(({ method }) => method === 'POST');
  expect(posted?.path.endsWith(asked)).toBe(true);
  expect(JSON.stringify(posted?.body)).toContain(`Hello, ${kind}`);
});

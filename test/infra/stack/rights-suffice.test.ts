import { afterAll, beforeAll, expect, test } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../../infra/functions.ts';
import { createChannel } from '../../support/create-channel.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../../support/journey.ts';
import { statementsOf } from '../../support/stack-rights.ts';
import { synthStack } from '../../support/synth-stack.ts';
import { cloudMessage, cloudText } from '../../support/webhook-bodies.ts';

// The local runtime checks no rights: without this test a missing right would show only in the
// cloud.

/** Calls whose permission has another name. */
const RIGHTS: Record<string, string> = { SendMessageBatch: 'SendMessage' };

const used: Record<string, Set<string>> = {};
let journey: Journey;

beforeAll(async () => {
  journey = await startJourney({ statuses: EVERY_STATUS });
  journey.runtime.intercept(({ caller, service, operation }) => {
    used[caller] ??= new Set();
    used[caller].add(`${service}:${RIGHTS[operation] ?? operation}`);
    return 'pass';
  });
});
afterAll(() => journey.stop());

test('the roles allow everything the functions call on a day full of trouble', async () => {
  await Promise.all([lookAfterChannels(), talk(), call()]);
  await fetchFiles();

  const synth = synthStack();
  for (const name of Object.keys(FUNCTIONS) as FunctionName[]) {
    const allowed = statementsOf(synth, name).flatMap(({ actions }) => actions);
    const wanted = [...(used[name] ?? [])].sort();
    expect(allowed, name).toEqual(expect.arrayContaining(wanted));
    // Otherwise the day was too quiet to show anything.
    expect(wanted, name).toEqual(expect.arrayContaining(LEAST[name]));
  }
});

const LEAST: Record<FunctionName, string[]> = {
  webhook: ['dynamodb:GetItem', 'sqs:SendMessage'],
  worker: ['dynamodb:UpdateItem', 'sqs:ChangeMessageVisibility', 'sqs:SendMessage'],
  statuses: ['dynamodb:DeleteItem', 'dynamodb:UpdateItem', 'sqs:SendMessage', 'ssm:GetParameter'],
  news: ['dynamodb:UpdateItem', 'ssm:GetParameter'],
  send: ['dynamodb:PutItem', 'sqs:ChangeMessageVisibility', 'sqs:SendMessage', 'ssm:GetParameter'],
  requests: [
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'sqs:SendMessage',
    'ssm:GetParameter',
  ],
  media: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'ssm:GetParameter'],
  sweep: ['dynamodb:DeleteItem', 'dynamodb:Query', 'sqs:SendMessage'],
  channels: ['dynamodb:DeleteItem', 'dynamodb:Query', 'ssm:DeleteParameter', 'ssm:PutParameter'],
};

/** Two visitors send pictures; 360dialog has one of them. */
async function fetchFiles() {
  const { received } = journey.provider.account('journey-key-0001').files;
  received.set('5001', { mimeType: 'image/jpeg', bytes: Buffer.from('a picture') });
  for (const [id, status] of [
    ['5001', 200],
    ['5002', 404],
  ] as const) {
    const image = { id, mime_type: 'image/jpeg' };
    const sender = { wa_id: `4917139200${id}` };
    const sent = cloudMessage(sender, { id: `wamid.rights-${id}`, type: 'image', image });
    expect(await journey.post(sent)).toBe(200);
    await journey.runtime.idle();
    const urls = journey.agent.turns().flatMap(({ event }) => fileUrlIn(event));
    expect((await fetch(urls.at(-1) ?? '')).status).toBe(status);
  }
}

const fileUrlIn = (event: object): string[] => {
  const { file } = (event as { message?: { file?: { url?: string } } }).message ?? {};
  return file?.url ? [file.url] : [];
};

/**
 * The agent fails once, the provider is too busy once, then unpaid, and one reply is invalid.
 */
async function talk() {
  journey.agent.next({ status: 503 }, { replies: ['Hello', { type: 'nonsense' }] });
  journey.provider.failNext(1, { status: 429, headers: { 'retry-after': '1' } });
  const said = cloudText({ phone: '491713920042', text: 'Hi', id: 'wamid.rights-1' });
  expect(await journey.post(said)).toBe(200);
  await journey.runtime.idle();
  expect(journey.received('491713920042')).toHaveLength(1);

  journey.agent.next({ replies: ['Paid for'] });
  const unpaid = { status: 400, body: JSON.stringify({ error: { code: 131042, message: 'Pay' } }) };
  journey.provider.failNext(1, { headers: { 'content-type': 'application/json' }, ...unpaid });
  const more = cloudText({ phone: '491713920042', text: 'And?', id: 'wamid.rights-2' });
  expect(await journey.post(more)).toBe(200);
  await journey.runtime.idle();
  expect(journey.received('491713920042')).toHaveLength(2);
}

/** A client sends a message first, asks what became of it, and erases the chat. */
async function call() {
  const { id, apiKey } = journey.channel;
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${journey.runtime.url}/v1/channels/${id}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': `rights ${path}`,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect([method, path, answer.ok]).toEqual([method, path, true]);
    return (answer.status === 204 ? {} : await answer.json()) as { chat_id?: string };
  };
  const template = { type: 'template', name: 'hello', language: 'en' };
  const to = { phone: '+49 171 3920099' };
  const { chat_id } = await ask('POST', '/messages', { to, replies: [template] });
  await ask('POST', `/chats/${chat_id}/pause`, { minutes: 5 });
  await ask('POST', `/chats/${chat_id}/resume`);
  await ask('GET', '/templates');
  const orders = {
    to: { phone: '+49 171 3920098' },
    template: { name: 'shipped', language: 'en' },
  };
  await ask('POST', '/notifications', orders);
  await ask('DELETE', `/chats/${chat_id}`);
}

async function lookAfterChannels() {
  const { url } = journey.runtime;
  const { id } = await createChannel(url, {
    token: 'another-key-0002',
    agent: { url: journey.agent.url },
  });
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/admin/channels${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
    });
    expect([method, path, answer.ok]).toEqual([method, path, true]);
  };
  await ask('GET', '');
  await ask('PATCH', `/${id}`, { title: 'Renamed', token: 'a-newer-key-0003' });
  await ask('POST', `/${id}/check`);
  await ask('POST', `/${id}/rotate-agent-secret`);
  await ask('POST', `/${id}/rotate-webhook-token`);
  await ask('POST', `/${id}/deactivate`);
  await ask('DELETE', `/${id}`);
}

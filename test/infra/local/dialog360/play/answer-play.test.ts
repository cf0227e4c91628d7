import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChatLine } from '../../../../../infra/local/dialog360/chat/chat-line.ts';
import {
  type StartedDouble,
  startDouble,
} from '../../../../../infra/local/dialog360/start-double.ts';
import {
  type Listening,
  listenOnLoopback,
} from '../../../../../infra/local/http/listen-on-loopback.ts';
import { json, serve } from '../../../../../infra/local/http/serve.ts';
import { shape } from '../../../../support/runtime-shape.ts';

let provider: StartedDouble;
let business: Listening;
let posted: Record<string, unknown>[];
/** What the business sends when a visitor writes. */
let replies: string[];
let webhookAnswers: number;
beforeEach(async () => {
  posted = [];
  replies = [];
  webhookAnswers = 200;
  provider = await startDouble({ statusGapMs: 1 });
  business = await listenOnLoopback(
    serve(({ body }) => {
      const event = JSON.parse(body.toString());
      if (!JSON.stringify(event).includes('"statuses"')) {
        posted.push(event);
        for (const text of replies) void send(text);
      }
      return json(webhookAnswers, {});
    }),
  );
});
afterEach(async () => {
  await provider.stop();
  await business.close();
});

interface Said {
  detail: string;
  message_id: string;
}

/** What the phone shows. */
const chatOf = async (phone: string) => {
  const answer = await fetch(`${provider.url}/chats/${phone}`);
  return (await answer.json()) as { messages: ChatLine[] };
};
const post = async (path: string, body: unknown, key?: string) => {
  const answer = await fetch(`${provider.url}${path}`, {
    method: 'POST',
    headers: key ? { 'd360-api-key': key } : {},
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Said };
};
const send = (text: string) =>
  post(
    '/messages',
    { messaging_product: 'whatsapp', to: '+491700000001', type: 'text', text: { body: text } },
    'key-1',
  );
const register = (key = 'key-1', path = '') =>
  post('/v1/configs/webhook', { url: `http://localhost:${business.port}/${path}` }, key);
const hello = { from: '491700000001', name: 'Anna', text: 'Hello' };

test('a visitor writes, and the answer shows what the phone received', async () => {
  await register();
  replies = ['One', 'Two'];
  const played = await post('/play', hello);

  expect(played).toEqual({
    status: 200,
    body: {
      played: 'Anna (+491700000001) wrote “Hello”.',
      became: 'a webhook body v2 with a message of type text',
      message_id: expect.stringMatching(/^wamid\./),
      webhook: { status: 200, ms: expect.any(Number) },
      replies: expect.arrayContaining(
        ['One', 'Two'].map((text) => ({
          from: 'business',
          message_id: expect.stringMatching(/^wamid\./),
          type: 'text',
          text,
          at: expect.any(String),
          statuses: ['accepted', 'sent', 'delivered', 'read'],
        })),
      ),
    },
  });

  const chat = await chatOf('+491700000001');
  expect(chat.messages.map(({ from }) => from)).toEqual(['user', 'business', 'business']);
});

test.each([
  'v2',
  'v1',
] as const)('the webhook gets a body of payload version %s', async (payload) => {
  await register();
  await post('/play?wait=0', { ...hello, payload, timestamp: 1_791_200_060, id: 'wamid.MINE' });
  const fixture = JSON.parse(
    readFileSync(join(import.meta.dirname, `../../../../fixtures/${payload}/text.json`), 'utf8'),
  );
  expect(shape(posted[0])).toEqual(shape(fixture));
  const all = JSON.stringify(posted[0]);
  for (const part of [
    '"id":"wamid.MINE"',
    '"timestamp":"1791200060"',
    '"body":"Hello"',
    '"name":"Anna"',
  ]) {
    expect(all).toContain(part);
  }
});

test('the answer shows that the webhook refused, and the webhook gets the message again', async () => {
  await register();
  webhookAnswers = 404;
  expect((await post('/play?wait=0', hello)).body).toMatchObject({
    message_id: expect.any(String),
    webhook: { status: 404 },
  });
  await expect.poll(() => posted.length, { timeout: 2_000 }).toBeGreaterThan(1);
  expect(posted[1]).toEqual(posted[0]);
});

test('the channel of a played message must be clear', async () => {
  expect((await post('/play', hello)).body.detail).toMatch(/POST \/admin\/channels/);
  await register('key-1', 'hooks/ch_00000000000000000001/x');
  await register('key-2', 'hooks/ch_00000000000000000002/x');
  expect((await post('/play', hello)).body.detail).toMatch(
    /2 channels .* "channel" or its "token": ch_0+1, ch_0+2\.$/,
  );
  expect((await post('/play?wait=0', { ...hello, token: 'key-2' })).status).toBe(200);
  const channel = 'ch_00000000000000000001';
  expect((await post('/play?wait=0', { ...hello, channel })).status).toBe(200);
  expect((await post('/play', { ...hello, token: 'key-3' })).status).toBe(409);
  const others = provider.double.account('key-2').chat('491700000001');
  expect(others).toHaveLength(1);
});

test('a read receipt marks what the visitor wrote', async () => {
  await register();
  const { body } = await post('/play?wait=0', hello);
  const receipt = { messaging_product: 'whatsapp', status: 'read', message_id: body.message_id };
  const typing = { ...receipt, typing_indicator: { type: 'text' } };
  expect((await post('/messages', typing, 'key-1')).body).toEqual({ success: true });

  const chat = await chatOf('491700000001');
  expect(chat.messages[0]?.statuses).toEqual(['read']);
});

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { webhookHandler } from '../../../functions/webhook/handler.ts';
import type { Channel, SecretHash } from '../../../shared/contract/channel.ts';
import { channelInputSchema } from '../../../shared/contract/channel-input.ts';
import { secretHash } from '../../../shared/kernel/hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { messageEventId } from '../../../shared/rules/agent-event/event-id.ts';
import { channelFields } from '../../../shared/rules/channel/channel-fields.ts';
import { callbackData } from '../../../shared/rules/delivery/callback-data.ts';
import { openChannelCache } from '../../../shared/store/channel/channel-cache.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { callHandler } from '../../support/call-handler.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { useTable } from '../../support/table.ts';
import { cloudChange, cloudText } from '../../support/webhook-bodies.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const [TOKEN, HEADER, LEFT, OVER] = ['token-now', 'header-now', 'left-for-a-day', 'over-now'];

const table = useTable();
let sqs: SqsDouble;
let handler: ReturnType<typeof webhookHandler>;

beforeAll(async () => {
  sqs = await startSqsDouble(() => ({ fails: [] }));
  process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
  handler = webhookHandler({
    channels: openChannelCache(table, () => NOW),
    queues: openQueues({
      inbound: 'https://sqs.example/inbound.fifo',
      statuses: 'https://sqs.example/statuses',
    }),
    now: () => NOW,
  });
});
afterAll(() => sqs.stop());

/** A channel with a secret of now, one that a rotation has left for a while, and one whose time is over. */
async function made({ active = true, requires = false } = {}): Promise<Channel> {
  const hashes = (secret: string): SecretHash[] => [
    { sha256: secretHash(secret), valid_until: null },
    { sha256: secretHash(LEFT), valid_until: NOW + 1 },
    { sha256: secretHash(OVER), valid_until: NOW },
  ];
  const input = parse(channelInputSchema, {
    title: 'Support',
    token: 'key-0123456789',
    active,
    agent: { url: 'https://agent.example' },
    options: { require_webhook_header: requires },
  });
  const channel: Channel = {
    ...channelFields(input),
    id: `ch_${randomBytes(10).toString('hex')}`,
    version: 1,
    secret_version: 1,
    access: {
      webhook_token: hashes(TOKEN),
      webhook_header: hashes(HEADER),
      api_key: [],
      incoming_request_token: [],
    },
    created_at: 'c',
    updated_at: 'u',
  };
  await putItem(table, { ...channelKey(channel.id), ...channel });
  return channel;
}

const hello = cloudText({ phone: '491713990001', text: 'Hello', id: 'wamid.hello' });

/** What the webhook answers, and the jobs it has queued. */
async function post(path: string, body: unknown, header?: string) {
  const before = sqs.calls.length;
  const headers = {
    'content-type': 'application/json',
    ...(header !== undefined && { 'x-webhook-secret': header }),
  };
  const { status } = await callHandler(handler, `POST /webhooks/${path}`, body, headers);
  const entries = sqs.calls.slice(before).flatMap(({ input }) => input.Entries);
  return { status, entries, jobs: entries.map((one) => JSON.parse(one.MessageBody)) };
}

// biome-ignore format: a table reads by column
const doors: { who: string; token?: string; header?: string; channel?: { active?: boolean; requires?: boolean }; status: number; queues?: { with_header: boolean } }[] = [
  { who: 'token and header fit',                    header: HEADER,                                   status: 200, queues: { with_header: true } },
  { who: 'token fits and no header comes',                                                            status: 200, queues: { with_header: false } },
  { who: 'the channel wants a header and it fits',  header: HEADER, channel: { requires: true },      status: 200, queues: { with_header: true } },
  { who: 'the channel wants a header and none comes',               channel: { requires: true },      status: 401 },
  { who: 'the header is wrong',                     header: 'x',                                      status: 401 },
  { who: 'the header is empty',                     header: '',                                       status: 401 },
  { who: 'the header is the token',                 header: TOKEN,                                    status: 401 },
  { who: 'a rotation has left both for a while',    token: LEFT, header: LEFT,                        status: 200, queues: { with_header: true } },
  { who: 'the time of the header is over',          header: OVER,                                     status: 401 },
  { who: 'the time of the token is over',           token: OVER, header: HEADER,                      status: 404 },
  { who: 'the token is wrong',                      token: 'x', header: HEADER,                       status: 404 },
  { who: 'the token is the header',                 token: HEADER, header: HEADER,                    status: 404 },
  { who: 'the channel is off',                      header: HEADER, channel: { active: false },       status: 200 },
  { who: 'the channel is off and the token wrong',  token: 'x', channel: { active: false },           status: 404 },
];

test.each(doors)('where $who the webhook answers $status', async (door) => {
  const { token = TOKEN, header, channel: wanted, status, queues } = door;
  const channel = await made(wanted);
  const answer = await post(`${channel.id}/${token}`, hello, header);
  expect(answer.status).toBe(status);
  expect(answer.jobs).toMatchObject(
    queues ? [{ channel_id: channel.id, received_at: NOW, ...queues }] : [],
  );
});

test('a channel that is not there, and an id that is none, are refused alike', async () => {
  const absent = await post(`ch_${'0'.repeat(20)}/${TOKEN}`, hello);
  const none = await post(`ch_1/${TOKEN}`, hello);
  expect([absent, none]).toEqual([none, absent]);
  expect(none).toEqual({ status: 404, entries: [], jobs: [] });
});

test('the webhook opens a body only once the secrets fit', async () => {
  const { id } = await made();
  expect((await post(`${id}/x`, 'no JSON')).status).toBe(404);
  expect((await post(`${id}/${TOKEN}`, 'no JSON')).status).toBe(400);
});

test('two items that cannot be read are two jobs, and the same one twice is one', async () => {
  const { id } = await made();
  const odd = (words: string) => cloudChange('messages', { oddity: words });
  const ids = async (words: string) =>
    (await post(`${id}/${TOKEN}`, odd(words))).entries.map((one) => one.MessageDeduplicationId);
  const [one, again, other] = [await ids('a'), await ids('a'), await ids('b')];
  expect(one).toHaveLength(1);
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});

test('what visitors do goes to one queue, and what became of our messages to the other', async () => {
  const { id } = await made();
  const status = { id: 'wamid.x', status: 'sent', timestamp: '1795341603', recipient_id: '491' };
  const before = sqs.calls.length;
  await post(`${id}/${TOKEN}`, hello);
  const { jobs } = await post(`${id}/${TOKEN}`, cloudChange('messages', { statuses: [status] }));
  expect(jobs).toMatchObject([{ kind: 'status', channel_id: id, with_header: false }]);
  expect(sqs.calls.slice(before).map(({ input }) => input.QueueUrl)).toEqual([
    'https://sqs.example/inbound.fifo',
    'https://sqs.example/statuses',
  ]);
});

test('the Test button of the hub sees its challenge, and nothing that could be a page', async () => {
  const { id } = await made();
  const greet = (query: string) =>
    callHandler(handler, `GET /webhooks/${id}/${TOKEN}${query}`, undefined, {});
  expect(await greet('?hub.challenge=1158201444')).toMatchObject({
    status: 200,
    text: '1158201444',
  });
  expect(await greet('?hub.challenge=%3Cb%3E')).toMatchObject({ status: 200, text: '' });
  expect(await greet('')).toMatchObject({ status: 200, text: '' });
});

test('what the log has of a body stands under the ids of its messages, and of what its statuses are about', async () => {
  const { id } = await made();
  const kept = vi.spyOn(log, 'appendKeys');
  const traceId = `evt_${'a'.repeat(32)}`;
  const callback = callbackData({ replyId: `rep_${'b'.repeat(32)}`, part: 0, round: 0 }, traceId);
  const status = {
    ...{ id: 'wamid.x', status: 'sent', timestamp: '1795341603', recipient_id: '491' },
    biz_opaque_callback_data: callback,
  };
  await post(`${id}/${TOKEN}`, cloudChange('messages', { statuses: [status] }));
  await post(`${id}/${TOKEN}`, cloudText({ phone: '491713920042', text: 'Hi', id: 'wamid.1' }));
  const traces = kept.mock.calls.flatMap(([facts]) =>
    'trace_ids' in facts ? [facts.trace_ids] : [],
  );
  expect(traces).toEqual([[traceId], [messageEventId(id, 'wamid.1')]]);
  kept.mockRestore();
});

test.each([
  undefined,
  {},
  { channel_id: 'ch_1' },
])('a path with the parts %o is that of no channel', async (pathParameters) => {
  const event = {
    ...{ routeKey: 'POST /webhooks/{channel_id}/{webhook_token}', headers: {}, body: '{}' },
    ...{ isBase64Encoded: false, requestContext: { http: { method: 'POST' } }, pathParameters },
  };
  const context = { awsRequestId: 'test' };
  expect(await handler(event as never, context as never)).toMatchObject({ statusCode: 404 });
});

import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallGates } from '../../../functions/chain/call-gate.ts';
import type { WorkerJobsDeps } from '../../../functions/worker/deps.ts';
import { workerHandler } from '../../../functions/worker/handler.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { messageEventId } from '../../../shared/rules/agent-event/event-id.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { beginTurn, endTurn, findTurn } from '../../../shared/store/turns.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { useTable } from '../../support/table.ts';
import { record } from '../chain/job-stage.ts';

const table = useTable();
const NOW = Date.parse('2026-11-29T10:00:00Z');
const CHANNEL = 'ch_00000000000000000001';
let sqs: SqsDouble;
let handler: ReturnType<typeof workerHandler>;
/** The agent's channel has no slot left. */
const gates: CallGates = () => ({
  turnAway: async () => 4_000,
  call: async () => ({ waitMs: 4_000 }),
});

beforeAll(async () => {
  sqs = await startSqsDouble(() => ({ fails: [] }));
  process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
  handler = workerHandler({
    table,
    gates,
    queues: openQueues({
      inbound: `${sqs.url}/1/inbound.fifo`,
      outbound: `${sqs.url}/1/outbound.fifo`,
    }),
    lastSeen: { note: async () => {} },
    secrets: { read: async () => ({}) },
    awsKeys: () => ({ accessKeyId: 'a', secretAccessKey: 's' }),
    mediaUrl: 'https://media.example',
    reach: 'local',
    now: () => NOW,
    newChatId: () => 'c'.repeat(40),
  } as unknown as WorkerJobsDeps);
  const options = parse(channelOptionsSchema, {});
  const channel = {
    id: CHANNEL,
    active: true,
    options,
    agent: { timeout_ms: 1_000, events: null },
  };
  await putItem(table, { ...channelKey(CHANNEL), ...(channel as unknown as Channel) });
});
afterAll(() => sqs.stop());

const turnOf = (eventId: string) =>
  findTurn(table, { channelId: CHANNEL, eventId }, { consistent: true });

/** A message that comes for the second time. True: it is to come again. */
async function again(id: string): Promise<boolean> {
  const from = { phone: '491710000042', bsuid: null, username: null };
  const content = { kind: 'text' };
  const message = {
    id,
    payload_version: 'v2',
    from,
    name: 'Anna',
    sent_at: NOW,
    content,
    text: 'Hello',
  };
  const job = { channel_id: CHANNEL, received_at: NOW, item: { kind: 'message', message } };
  const Records = [record(id, job, { receives: 2 })];
  const end = await handler({ Records }, {} as Context);
  return end.batchItemFailures.length === 1;
}

test('a message whose first coming failed is recorded at its second, though the agent has no slot', async () => {
  const eventId = messageEventId(CHANNEL, 'wamid.1');
  expect(await again('wamid.1')).toBe(true);
  expect(await turnOf(eventId)).toMatchObject({ attempts: 0, sent_back: true, outcome: null });
  table.calls.splice(0);
  expect(await again('wamid.1')).toBe(true);
  expect(table.calls).toEqual(['GetItem', 'GetItem']); // the channel and the turn
});

test('an answer that is stored is queued, though the agent has no slot', async () => {
  const eventId = messageEventId(CHANNEL, 'wamid.2');
  expect(await again('wamid.2')).toBe(true);
  await beginTurn(table, { channelId: CHANNEL, eventId }, NOW);
  const outcome = { kind: 'later' } as const;
  await endTurn(table, { channelId: CHANNEL, eventId }, { chatId: 'c', outcome, now: NOW });
  expect(await again('wamid.2')).toBe(false);
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { WorkerDeps } from '../../../functions/worker/deps.ts';
import { giveUpJob } from '../../../functions/worker/give-up-job.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { InboundJob, MessageJob } from '../../../shared/contract/jobs.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { messageEventId, notificationEventId } from '../../../shared/rules/agent-event/event-id.ts';
import { claimAlias } from '../../../shared/store/chat/aliases.ts';
import { recordInbound } from '../../../shared/store/chat/record-inbound.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { beginTurn, endTurn, eraseTurn, findTurn } from '../../../shared/store/turns.ts';
import { A_RECEIPT, firstJobsGate } from '../../support/call-gate.ts';
import { keepLog } from '../../support/keep-log.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
const logged = keepLog();
const lost = () => logged().split('"turn-lost"').length - 1;
const NOW = Date.parse('2026-11-29T10:00:00Z');
const CHANNEL = 'ch_00000000000000000001';
let sqs: SqsDouble;
let deps: WorkerDeps;
let seen = 0;
let made = 0;

beforeAll(async () => {
  sqs = await startSqsDouble(() => ({ fails: [] }));
  process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
  const queues = openQueues({ outbound: 'https://sqs.example/outbound.fifo' });
  deps = { table, queues, now: () => NOW } as unknown as WorkerDeps;
  const options = { agent_failed_text: 'Please write again.' };
  const channel = { id: CHANNEL, active: true, options } as unknown as Channel;
  await putItem(table, { ...channelKey(CHANNEL), ...channel });
});
beforeEach(() => {
  seen = sqs.calls.length;
});
afterAll(() => sqs.stop());

const queued = () =>
  sqs.calls
    .slice(seen)
    .flatMap(({ input }) => input.Entries)
    .map(({ MessageBody }) => JSON.parse(MessageBody));
const giveUp = (job: unknown) =>
  giveUpJob({ ...deps, gates: () => firstJobsGate(table, () => NOW) })(
    job,
    { code: 'unexpected-error', reason: 'A fault of our own.' },
    A_RECEIPT,
  );
const letters = () => table.lookAll(`DEAD#${CHANNEL}`);

/** A message of a new visitor, who may be known already. */
async function message({ isKnown = true } = {}): Promise<{ job: MessageJob; eventId: string }> {
  made += 1;
  const phone = `4917100000${made}`;
  const id = `wamid.${made}`;
  const eventId = messageEventId(CHANNEL, id);
  const from = { phone, bsuid: null, username: null };
  if (isKnown) {
    const chatId = String(made).padStart(40, '0');
    await claimAlias(table, { channelId: CHANNEL, kind: 'phone', value: phone }, chatId, NOW);
    const place = { channelId: CHANNEL, chatId, ...from, eventId, now: NOW };
    await recordInbound(table, { ...place, name: 'Anna', inboundAt: NOW });
  }
  const item = {
    kind: 'message' as const,
    message: {
      id,
      payload_version: 'v2' as const,
      from,
      name: 'Anna',
      sent_at: NOW,
      content: { kind: 'text' as const },
      text: 'Hello',
      reply_to: undefined,
    },
  };
  const job = { channel_id: CHANNEL, received_at: NOW + made, item } as unknown as MessageJob;
  return { job, eventId };
}
const turnOf = (eventId: string) =>
  findTurn(table, { channelId: CHANNEL, eventId }, { consistent: true });

test('a message that is given up ends its turn as failed, is kept, counted, and its visitor is told', async () => {
  const before = lost();
  const { job, eventId } = await message();
  expect(await giveUp(job)).toBe('letter-kept');
  expect((await turnOf(eventId))?.outcome).toEqual({
    kind: 'failed',
    code: 'unexpected-error',
    letter_at: job.received_at,
  });
  expect((await letters()).filter(({ id }) => id === eventId)).toMatchObject([
    { queue: 'inbound', code: 'unexpected-error', attempts: 0, job: JSON.stringify(job) },
  ]);
  expect(queued()).toMatchObject([
    { kind: 'reply', reply: 'Please write again.', event_id: eventId },
  ]);
  expect(lost() - before).toBe(1);
  // Given up again after a death: the same letter, the same words under the same id.
  expect(await giveUp(job)).toBe('letter-kept');
  expect((await letters()).filter(({ id }) => id === eventId)).toHaveLength(1);
  const [first, second] = queued();
  expect(second.reply_id).toBe(first.reply_id);
});

test('where not even the visitor could be recorded, the turn is given up all the same', async () => {
  const { job, eventId } = await message({ isKnown: false });
  expect(await giveUp(job)).toBe('letter-kept');
  expect((await turnOf(eventId))?.outcome?.kind).toBe('failed');
  expect(queued()).toEqual([]);
});

test('an answer that was stored and could not be queued is lost, and says so', async () => {
  const before = lost();
  const { job, eventId } = await message();
  const place = { channelId: CHANNEL, eventId };
  await beginTurn(table, place, NOW);
  const outcome = {
    kind: 'answered' as const,
    answer: { replies: ['Hi'], dialog: 'open' as const },
  };
  await endTurn(table, place, { chatId: '1', outcome, now: NOW });
  expect(await giveUp(job)).toBe('ended');
  expect((await turnOf(eventId))?.outcome).toEqual(outcome);
  expect(lost() - before).toBe(1);
});

test('of an erased chat no letter is kept', async () => {
  const { job, eventId } = await message();
  await eraseTurn(table, { channelId: CHANNEL, eventId }, NOW);
  expect(await giveUp(job)).toBe('letter-kept');
  expect((await letters()).filter(({ id }) => id === eventId)).toEqual([]);
  expect(queued()).toEqual([]);
});

test('a visitor who asked nothing is told nothing when what others asked for is given up', async () => {
  const { eventId: known, job } = await message();
  const chat_id = String(made).padStart(40, '0');
  const notification = { id: 'ntf_1', chat_id, result: 'success', status: 'read', final: true };
  const request = {
    event_id: `evt_${'1'.repeat(32)}`,
    chat_id,
    body: {},
    headers: {},
    query: {},
    is_urgent: false,
  };
  for (const item of [
    { kind: 'notification-result', notification },
    { kind: 'incoming-request', request },
  ]) {
    await giveUp({ ...job, item });
  }
  expect(await turnOf(known)).toBeNull();
  const result = notificationEventId(CHANNEL, 'ntf_1');
  expect((await turnOf(result))?.outcome?.kind).toBe('failed');
  expect(queued()).toEqual([]);
  expect((await turnOf(request.event_id))?.outcome?.kind).toBe('failed');
});

test('what brings no turn, or no channel, leaves only its letter', async () => {
  const { job } = await message();
  const call = { ...job, item: { kind: 'call', call: { id: 'c', from: {}, name: '', at: null } } };
  for (const other of [null, call, { ...job, channel_id: 'ch_none' } satisfies InboundJob]) {
    expect(await giveUp(other)).toBe('ended');
  }
});

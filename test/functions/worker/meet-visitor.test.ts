import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerDeps } from '../../../functions/worker/deps.ts';
import { type Contact, meetVisitor } from '../../../functions/worker/meet-visitor.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { outboundGroup } from '../../../shared/rules/delivery/reply-jobs.ts';
import { findChat } from '../../../shared/store/chat/find-chat.ts';
import { park } from '../../../shared/store/chat/parking.ts';
import { someParked } from '../../support/some-delivery.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
const NOW = Date.parse('2026-11-22T10:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
let sqs: SqsDouble;
let deps: WorkerDeps;
let phones = 0;

beforeAll(async () => {
  sqs = await startSqsDouble(() => ({ fails: [] }));
  process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
  const queues = openQueues({ outbound: 'https://sqs.example/outbound.fifo' });
  deps = {
    table,
    queues,
    now: () => NOW,
    newChatId: () => randomBytes(20).toString('hex'),
  } as unknown as WorkerDeps;
});
afterAll(() => sqs.stop());

const contact = (phone: string, more: Partial<Contact> = {}): Contact => ({
  channelId: 'ch_1',
  eventId: 'evt_1',
  from: { phone, bsuid: null, username: null },
  name: 'Anna',
  sentAt: NOW - 1_000,
  receivedAt: NOW,
  opensWindow: true,
  control: { holder: 'us', event_id: 'evt_h' },
  ...more,
});
/** The phone of a visitor who last wrote so long ago, and for whom a reply is parked. */
async function waitedFor(agoMs: number): Promise<string> {
  phones += 1;
  const phone = `4917139${phones}`;
  const at = NOW - agoMs;
  const { channel_id, id } = await meetVisitor(
    deps,
    contact(phone, { sentAt: at, receivedAt: at }),
  );
  const chat = await findChat(table, channel_id, id, { consistent: true });
  await park(table, chat ?? expect.fail(), [someParked('rep_1', { until: NOW + DAY })]);
  return phone;
}
const queuedBy = async (work: () => Promise<unknown>) => {
  const before = sqs.calls.length;
  await work();
  return sqs.calls.slice(before).flatMap(({ input }) => input.Entries);
};

test('while no reply waits for the visitor nothing is queued, and the chat is written once', async () => {
  const phone = '4917200001';
  await meetVisitor(deps, contact(phone));
  table.calls.splice(0);
  const next = contact(phone, { sentAt: NOW });
  expect(await queuedBy(() => meetVisitor(deps, next))).toEqual([]);
  expect(table.calls.filter((call) => call !== 'GetItem')).toEqual(['UpdateItem']);
});

test('of a chat that Meta’s own agent has, the end of that is one write more, and only the first time', async () => {
  const phone = '4917200002';
  const held = { holder: 'meta' as const, event_id: 'evt_m' };
  let written = 0;
  const writes = async (more: Partial<Contact>) => {
    written += 1;
    table.calls.splice(0);
    await meetVisitor(deps, contact(phone, { eventId: `evt_later_${written}`, ...more }));
    return table.calls.filter((call) => call !== 'GetItem').length;
  };
  await meetVisitor(deps, contact(phone));
  expect(await writes({ control: held })).toBe(2);
  expect(await writes({ control: held })).toBe(1);
  expect(await writes({})).toBe(2);
  expect(await writes({})).toBe(1);
});

test('when the visitor writes, a look at their parked replies is queued in their own order, once a message', async () => {
  const phone = await waitedFor(25 * 60 * 60 * 1000);
  const [look, ...more] = await queuedBy(() => meetVisitor(deps, contact(phone)));
  expect(more).toEqual([]);
  const job = JSON.parse(look?.MessageBody ?? '');
  expect(job).toEqual({ kind: 'release', channel_id: 'ch_1', chat_id: expect.any(String) });
  expect(look?.MessageGroupId).toBe(outboundGroup(job));
  const [again] = await queuedBy(() => meetVisitor(deps, contact(phone)));
  expect(again?.MessageDeduplicationId).toBe(look?.MessageDeduplicationId);
  const [next] = await queuedBy(() => meetVisitor(deps, contact(phone, { eventId: 'evt_2' })));
  expect(next?.MessageDeduplicationId).not.toBe(look?.MessageDeduplicationId);
});

test('a message of days ago that is repeated now, or one that does not open the window, queues no look', async () => {
  const phone = await waitedFor(25 * 60 * 60 * 1000);
  const old = contact(phone, { sentAt: NOW - 2 * DAY });
  const edit = contact(phone, { opensWindow: false });
  expect(await queuedBy(() => meetVisitor(deps, old))).toEqual([]);
  expect(await queuedBy(() => meetVisitor(deps, edit))).toEqual([]);
});

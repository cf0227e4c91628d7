import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { decideNotification } from '../../../functions/statuses/decide-notification.ts';
import type { StatusesDeps } from '../../../functions/statuses/deps.ts';
import { recordStatus } from '../../../functions/statuses/record-status.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import type { Delivery, Part } from '../../../shared/contract/delivery.ts';
import type { InboundStatus } from '../../../shared/contract/inbound-item.ts';
import { inboundJobSchema } from '../../../shared/contract/jobs.ts';
import { hashOf, idOf } from '../../../shared/kernel/hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { callbackData } from '../../../shared/rules/delivery/callback-data.ts';
import { lookAtResult } from '../../../shared/rules/delivery/notification-result.ts';
import { traceOf } from '../../../shared/rules/delivery/trace-of.ts';
import { markChatErased } from '../../../shared/store/chat/chat-erasure.ts';
import { recordInbound } from '../../../shared/store/chat/record-inbound.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import { schedule } from '../../../shared/store/due.ts';
import { dueKey } from '../../../shared/store/keys.ts';
import { HAPPENED_AT, someDelivery, somePart } from '../../support/some-delivery.ts';
import { someInboundFacts, somePlace } from '../../support/some-visitor.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
let sqs: SqsDouble;
let deps: StatusesDeps;
let seen = 0;
let fails = false;
beforeAll(async () => {
  log.setLogLevel('SILENT');
  sqs = await startSqsDouble(() => (fails ? { status: 500 } : { fails: [] }));
  process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
  const queues = openQueues({
    inbound: 'https://sqs.example/inbound.fifo',
    news: 'https://sqs.example/news',
  });
  deps = { table, queues, now: () => HAPPENED_AT } as unknown as StatusesDeps;
});
beforeEach(() => {
  seen = sqs.calls.length;
  fails = false;
});
afterAll(() => sqs.stop());

const channel = {
  id: 'ch_1',
  agent: { events: null },
  options: parse(channelOptionsSchema, {}),
} as unknown as Channel;
const notification = { id: 'ntf_1', request_id: 'order-4711' };
const sent = somePart('sent', { message_id: 'wamid.1' });
const phone = '491713920042';

let made = 0;
/** A delivery to a visitor who has written: a notification's, unless `more` says otherwise. */
async function written(parts: Part[], more: Partial<Delivery> = { notification }) {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  const ids = { chat_id: place.chatId, reply_id: idOf('rep', ++made) };
  const delivery = someDelivery(parts, { ...ids, ...more });
  await insertDelivery(table, delivery, HAPPENED_AT);
  table.calls.splice(0);
  return delivery;
}
/** What is queued for the worker, with its group and its deduplication id. */
const queued = () =>
  sqs.calls
    .slice(seen)
    .filter(({ input }) => input.QueueUrl.endsWith('inbound.fifo'))
    .flatMap(({ input }) => input.Entries)
    .map(({ MessageBody, MessageGroupId, MessageDeduplicationId }) => ({
      job: parse(inboundJobSchema, JSON.parse(MessageBody)),
      group: MessageGroupId,
      deduplication: MessageDeduplicationId,
    }));
const look = ({ channel_id, reply_id }: Delivery, time_up = false) =>
  decideNotification(deps, { channel_id, reply_id, time_up });
const statusOf = (delivery: Delivery, status: InboundStatus['status'], code?: number) => ({
  message_id: 'wamid.1',
  status,
  at: HAPPENED_AT,
  callback: callbackData({ replyId: delivery.reply_id, part: 0, round: 0 }, traceOf(delivery)),
  recipient: { phone: null, bsuid: null, username: null },
  errors: code === undefined ? [] : [{ code, title: 'No' }],
});
const hears = (delivery: Delivery, status: InboundStatus['status'], code?: number) =>
  recordStatus(deps, {
    channel,
    status: statusOf(delivery, status, code),
    receivedAt: HAPPENED_AT,
  });

test('a result goes into the group of the visitor’s messages, under one id however often it is found', async () => {
  const delivery = await written([somePart('delivered')]);
  await look(delivery);
  await look(delivery, true);
  const [first, second, ...more] = queued();
  expect(more).toEqual([]);
  expect(first?.job).toEqual({
    channel_id: 'ch_1',
    received_at: HAPPENED_AT,
    item: {
      kind: 'notification-result',
      notification: {
        ...notification,
        chat_id: delivery.chat_id,
        result: 'success',
        status: 'delivered',
        final: true,
      },
    },
  });
  expect(first?.group).toBe(hashOf('ch_1', phone));
  expect(second?.deduplication).toBe(first?.deduplication);
});

test('a notification that is undecided has no result until its time is up', async () => {
  const delivery = await written([sent]);
  await look(delivery);
  expect(queued()).toEqual([]);
  await look(delivery, true);
  expect(queued()[0]?.job.item).toMatchObject({
    notification: { result: 'success', status: 'sent', final: false },
  });
});

test('without a delivery, without a notification, or after the chat was erased there is nothing to do', async () => {
  await look(someDelivery([]), true);
  await look(await written([somePart('delivered')], {}), true);
  const erased = await written([somePart('delivered')]);
  await markChatErased(table, { channel_id: 'ch_1', id: erased.chat_id }, HAPPENED_AT);
  await look(erased, true);
  expect(queued()).toEqual([]);
});

// biome-ignore format: a table reads by column
const statuses = [
  { status: 'sent',      code: undefined, is: undefined },
  { status: 'delivered', code: undefined, is: 'success' },
  { status: 'read',      code: undefined, is: 'success' },
  { status: 'failed',    code: 131026,    is: 'no_account' },
  { status: 'failed',    code: 131049,    is: 'fail' },
] as const;

test.each(statuses)('after the status $status ($code) the result is $is', async ({
  status,
  code,
  is,
}) => {
  const delivery = await written([somePart('accepted', { message_id: 'wamid.1' })]);
  await hears(delivery, status, code);
  const results = queued().map(({ job }) =>
    job.item.kind === 'notification-result' ? job.item.notification : expect.fail('another item'),
  );
  expect(results.map(({ result }) => result)).toEqual(is ? [is] : []);
  expect(results.map((result) => result.code)).toEqual(is ? [code && `provider-${code}`] : []);
});

test('a status that decides the result removes the look that was to come; one that does not leaves it', async () => {
  const delivery = await written([somePart('accepted', { message_id: 'wamid.1' })]);
  const due = lookAtResult(delivery, 10);
  await schedule(table, due);
  await hears(delivery, 'sent');
  expect(await table.look(dueKey(due.id))).not.toBeNull();
  await hears(delivery, 'delivered');
  expect(queued()).toHaveLength(1);
  expect(await table.look(dueKey(due.id))).toBeNull();
});

test('while the result cannot be queued the look stays', async () => {
  const delivery = await written([somePart('accepted', { message_id: 'wamid.1' })]);
  const due = lookAtResult(delivery, 10);
  await schedule(table, due);
  fails = true;
  await expect(hears(delivery, 'delivered')).rejects.toMatchObject({ code: 'unavailable' });
  expect(await table.look(dueKey(due.id))).not.toBeNull();
});

test('the status of any other reply costs one write and no read', async () => {
  const delivery = await written([sent], {});
  await hears(delivery, 'delivered');
  expect(table.calls).toEqual(['UpdateItem']);
  expect(queued()).toEqual([]);
});

test('a result that was recorded but not queued is found when the notification’s time is up', async () => {
  const delivery = await written([sent]);
  fails = true;
  await expect(hears(delivery, 'delivered')).rejects.toThrow('unavailable');
  fails = false;
  seen = sqs.calls.length;
  await hears(delivery, 'delivered'); // comes again, and is no news any more
  expect(queued()).toEqual([]);
  await look(delivery, true);
  expect(queued()[0]?.job.item).toMatchObject({
    notification: { result: 'success', status: 'delivered', final: true },
  });
});

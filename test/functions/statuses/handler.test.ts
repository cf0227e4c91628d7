import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { StatusesDeps } from '../../../functions/statuses/deps.ts';
import { statusesHandler } from '../../../functions/statuses/handler.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import { idOf } from '../../../shared/kernel/hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { callbackData } from '../../../shared/rules/delivery/callback-data.ts';
import { openChannelCache } from '../../../shared/store/channel/channel-cache.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import { channelKey, deliveryKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { HAPPENED_AT, someDelivery, somePart } from '../../support/some-delivery.ts';
import { useTable } from '../../support/table.ts';

const table = useTable({ readsBehindMs: 60_000 });
const now = () => HAPPENED_AT;
const warned = vi.spyOn(log, 'warn');
let handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
beforeAll(() => {
  const deps = {
    table,
    channels: openChannelCache(table, now),
    lastSeen: { note: async () => {} },
    queues: { statuses: {} },
    now,
  } as unknown as StatusesDeps;
  handler = statusesHandler(deps);
});
beforeEach(() => {
  warned.mockClear().mockImplementation(() => {});
});

const row = (id: string) => ({
  id,
  active: true,
  secret_version: 1,
  agent: { kind: 'http', events: null },
  options: parse(channelOptionsSchema, {}),
});

/** A reply that was accepted in a channel, and the provider's word that it was read. */
async function readIn(channelId: string): Promise<string> {
  const part = somePart('accepted', { message_id: 'wamid.1' });
  const delivery = someDelivery([part], {
    channel_id: channelId,
    reply_id: idOf('rep', channelId),
  });
  await insertDelivery(table, delivery, HAPPENED_AT);
  const name = { replyId: delivery.reply_id, part: 0, round: 0 as const };
  const status = {
    message_id: 'wamid.1',
    status: 'read',
    at: HAPPENED_AT,
    callback: callbackData(name, 'evt_1'),
    recipient: { phone: null, bsuid: null, username: null },
    errors: [],
  };
  const job = { kind: 'status', channel_id: channelId, received_at: HAPPENED_AT, status };
  const record = {
    messageId: '1',
    receiptHandle: 'receipt-1',
    body: JSON.stringify(job),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(HAPPENED_AT) },
  } as SQSRecord;
  const answer = await handler({ Records: [record] }, { awsRequestId: '1' } as Context);
  expect(answer).toEqual({ batchItemFailures: [] });
  const stored = await table.look(deliveryKey(channelId, delivery.reply_id));
  return (stored as Delivery | null)?.parts[0]?.status ?? 'gone';
}

test('a status is recorded though a cheap read does not know its channel yet', async () => {
  await putItem(table, { ...channelKey('ch_new'), ...row('ch_new') });
  expect(await readIn('ch_new')).toBe('read');
  expect(warned).not.toHaveBeenCalled();
});

test('a status of a channel that is not there is dropped, with a line in the log', async () => {
  expect(await readIn('ch_none')).toBe('accepted');
  expect(warned).toHaveBeenCalledWith('status-dropped', { channel_id: 'ch_none', kind: 'status' });
});

test('a status of a deleted channel is dropped', async () => {
  const deleted = { ...row('ch_old'), deleted_at: '2026-11-22T10:00:00.000Z' };
  await putItem(table, { ...channelKey('ch_old'), ...deleted });
  expect(await readIn('ch_old')).toBe('accepted');
});

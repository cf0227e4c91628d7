import { afterAll, beforeAll, expect } from 'vitest';
import type { StatusesDeps } from '../../../functions/statuses/deps.ts';
import { recordStatus } from '../../../functions/statuses/record-status.ts';
import { sendAgain } from '../../../functions/statuses/send-again.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import type { Delivery, Part } from '../../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { idOf } from '../../../shared/kernel/hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { callbackData, type Round } from '../../../shared/rules/delivery/callback-data.ts';
import { traceOf } from '../../../shared/rules/delivery/trace-of.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import { beginTurn, endTurn } from '../../../shared/store/turns.ts';
import {
  HAPPENED_AT,
  placeOf,
  someDelivery,
  someNews,
  somePart,
} from '../../support/some-delivery.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { type TestTable, useTable } from '../../support/table.ts';

type Entry = Record<'MessageBody' | 'MessageGroupId' | 'MessageDeduplicationId', string>;

export interface LateStage {
  table: TestTable;
  channel: Channel;
  /** A delivery with one part, and the turn it came from, whose answer had two replies. */
  written(
    part: Part,
    more?: { withTurn?: boolean; chatId?: string; acceptedAt?: number },
  ): Promise<Delivery>;
  /** What is queued when the part's message fails with this code; null when the failure is the end. */
  fail(
    delivery: Delivery,
    code: number,
    more?: { messageId?: string; round?: Round; part?: number; now?: number },
  ): Promise<Entry[] | null>;
  /** What is queued, for whichever function, when the provider reports that failure. */
  report(delivery: Delivery, code: number, more?: { now?: number }): Promise<Entry[]>;
}

export const accepted = (more: Partial<Part> = {}): Part =>
  somePart('accepted', { message_id: 'wamid.1', has_fallback: true, ...more });

export const jobsIn = (entries: Entry[] | null): ReplyJob[] | undefined =>
  entries?.map(({ MessageBody }) => JSON.parse(MessageBody) as ReplyJob);

const statusOf = (messageId: string, code: number, callback: string | null) => ({
  message_id: messageId,
  status: 'failed' as const,
  at: HAPPENED_AT,
  callback,
  recipient: { phone: null, bsuid: null, username: null },
  errors: [{ code, title: 'No' }],
});

/** A stage for failures that come after the acceptance; it is filled before the tests of a file run. */
export function openLateStage(): LateStage {
  const table = useTable();
  let sqs: SqsDouble;
  let deps: StatusesDeps;
  beforeAll(async () => {
    log.setLogLevel('SILENT');
    sqs = await startSqsDouble(() => ({ fails: [] }));
    process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
    const queues = openQueues({
      outbound: 'https://sqs.example/outbound.fifo',
      statuses: 'https://sqs.example/statuses',
      news: 'https://sqs.example/news',
    });
    deps = { table, queues, probeIntervalMs: 60_000 } as unknown as StatusesDeps;
  });
  afterAll(() => sqs.stop());

  const options = parse(channelOptionsSchema, {});
  const agent = { events: null };
  const channel = { id: 'ch_1', secret_version: 1, options, agent } as unknown as Channel;
  let made = 0;
  const queuedSince = (before: number) =>
    sqs.calls.slice(before).flatMap(({ input }) => input.Entries as Entry[]);
  return {
    table,
    channel,
    written: async (part, { withTurn = true, chatId = 'c1', acceptedAt = HAPPENED_AT } = {}) => {
      made += 1;
      const turn_id = `evt_${made}`;
      const reply_id = idOf('rep', 'late', made);
      const named = { turn_id, event_id: turn_id, reply_id };
      const more = { ...named, index: 1, chat_id: chatId, accepted_at: acceptedAt };
      const delivery = someDelivery([part], more);
      await insertDelivery(table, delivery, HAPPENED_AT);
      if (!withTurn) return delivery;
      const place = { channelId: channel.id, eventId: turn_id };
      await beginTurn(table, place, HAPPENED_AT);
      const replies = ['first', { type: 'text', text: 'second' }];
      const outcome = { kind: 'answered' as const, answer: { replies, dialog: 'open' as const } };
      await endTurn(table, place, { chatId: 'c1', outcome, now: HAPPENED_AT });
      return delivery;
    },
    fail: async (
      delivery,
      code,
      { messageId = 'wamid.1', round = 0, part = 0, now = HAPPENED_AT } = {},
    ) => {
      const before = sqs.calls.length;
      const failed = {
        channel,
        place: placeOf(delivery, part, round),
        news: someNews('failed', { code: `provider-${code}`, messageId }),
        status: statusOf(messageId, code, null),
      };
      const isOver = await sendAgain({ ...deps, now: () => now }, failed);
      const entries = queuedSince(before);
      if (!isOver) expect(entries).toEqual([]);
      return isOver ? entries : null;
    },
    report: async (delivery, code, { now = HAPPENED_AT } = {}) => {
      const before = sqs.calls.length;
      const callback = callbackData(
        { replyId: delivery.reply_id, part: 0, round: 0 },
        traceOf(delivery),
      );
      const status = statusOf('wamid.1', code, callback);
      await recordStatus({ ...deps, now: () => now }, { channel, status, receivedAt: now });
      return queuedSince(before);
    },
  };
}

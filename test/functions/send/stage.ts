import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { JobEnd } from '../../../functions/chain/queue.ts';
import { openBlockedChannels } from '../../../functions/send/blocked-channels.ts';
import type { SendDeps } from '../../../functions/send/deps.ts';
import { deliverReply } from '../../../functions/send/reply/deliver-reply.ts';
import type { Dialog360Double } from '../../../infra/local/dialog360/double.ts';
import { startDouble } from '../../../infra/local/dialog360/start-double.ts';
import type { HttpAnswer } from '../../../infra/local/http/serve.ts';
import { json } from '../../../infra/local/http/serve.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { NewsJob, ReplyJob, StatusJob } from '../../../shared/contract/jobs.ts';
import { idOf } from '../../../shared/kernel/hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { PAIR_LIMIT } from '../../../shared/rules/delivery/pair-limit.ts';
import { findChat } from '../../../shared/store/chat/find-chat.ts';
import { recordInbound } from '../../../shared/store/chat/record-inbound.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { firstJobsGate } from '../../support/call-gate.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { type TestTable, useTable } from '../../support/table.ts';

export interface SendStage {
  deps: SendDeps;
  table: TestTable;
  provider: Dialog360Double;
  /** Where the provider is reached. */
  providerUrl: string;
  /** An active channel with these options. */
  channel(options?: Record<string, unknown>, more?: Partial<Channel>): Promise<Channel>;
  /** A visitor who wrote to it a minute ago. */
  visitor(channel: Channel, more?: { inboundAt?: number | null }): Promise<Chat>;
  /** They write once more, now. */
  visit(chat: Chat): Promise<void>;
  /** A reply for them, accepted now. */
  job(chat: Chat, reply: unknown, more?: Partial<ReplyJob>): ReplyJob;
  /** One invocation. */
  run(job: ReplyJob): Promise<JobEnd>;
  /** As the queue does it: again after each wait, with the clock moved by as much. Returns the waits. */
  deliver(job: ReplyJob): Promise<number[]>;
  delivery(job: ReplyJob): Promise<Delivery>;
  chat(chat: Chat): Promise<Chat>;
  /** What was queued for other functions since the test began. */
  queued(): (NewsJob | StatusJob)[];
  /** The words of what the provider has taken for this visitor, in order. */
  texts(chat: Chat): string[];
  pass(ms: number): void;
}

/** A job that waits more often than this waits for ever. */
const MOST_WAITS = 200;
const PHONE_LENGTH = 10;

/**
 * The sender with the real SDK against embedded DynamoDB, the double of 360dialog on a port of its
 * own, and a clock that moves only when it is moved. Filled before the tests of a file run.
 */
export function openSendStage(): SendStage {
  const table = useTable();
  const stage = { table } as SendStage;
  let stop = async () => {};
  let sqs: SqsDouble | undefined;
  let seen = 0;
  let ahead = 0;
  let made = 0;
  let drawn = 0;
  const startedAt = Date.now();
  const now = () => startedAt + ahead;

  beforeAll(async () => {
    log.setLogLevel('SILENT');
    const provider = await startDouble({ statusGapMs: 1 });
    sqs = await startSqsDouble(() => ({ fails: [] }));
    process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
    const clock = {
      now,
      // No two alike, as with real chance, and so small that no wait becomes longer.
      chance: () => {
        drawn += 1e-9;
        return drawn;
      },
      probeIntervalMs: 60_000,
    };
    const deps: SendDeps = {
      table,
      queues: openQueues({
        statuses: 'https://sqs.example/statuses',
        news: 'https://sqs.example/news',
      }),
      secrets: {
        read: async () => ({ token: 'key-1' }) as ChannelSecrets,
        write: () => Promise.reject(new Error('the sender writes no secrets')),
        remove: () => Promise.reject(new Error('the sender removes no secrets')),
      },
      gate: firstJobsGate(table, now),
      reach: 'local',
      pace: PAIR_LIMIT,
      pause: async (ms) => stage.pass(ms),
      blockedChannels: openBlockedChannels(clock),
      noteSend: async () => {},
      ...clock,
    };
    Object.assign(stage, { deps, provider: provider.double, providerUrl: provider.url });
    stop = async () => {
      await Promise.all([provider.stop(), sqs?.stop()]);
    };
  });
  beforeEach(() => {
    seen = sqs?.calls.length ?? 0;
  });
  afterAll(() => stop());

  stage.queued = () =>
    (sqs?.calls ?? [])
      .slice(seen)
      .flatMap(({ input }) => input.Entries)
      .map(({ MessageBody }) => JSON.parse(MessageBody) as NewsJob | StatusJob);

  stage.channel = async (options = {}, more = {}) => {
    made += 1;
    const channel: Channel = {
      id: `ch_${String(made).padStart(20, '0')}`,
      version: 1,
      type: 'messaging',
      connector: 'dialog360',
      title: 'Support',
      hosting: 'cloud',
      base_url: stage.providerUrl,
      agent: {
        kind: 'http',
        url: 'https://agent.example',
        timeout_ms: 30_000,
        events: null,
        header_names: [],
      },
      active: true,
      options: parse(channelOptionsSchema, options),
      token_last_four: '1234',
      token_sha256: 'a'.repeat(64),
      secret_version: 1,
      access: { webhook_token: [], webhook_header: [], api_key: [], incoming_request_token: [] },
      created_at: new Date(0).toISOString(),
      updated_at: new Date(0).toISOString(),
      ...more,
    };
    await putItem(table, { ...channelKey(channel.id), ...channel });
    return channel;
  };

  stage.visitor = async (channel, { inboundAt = now() - 60_000 } = {}) => {
    made += 1;
    const chat = await recordInbound(table, {
      channelId: channel.id,
      chatId: randomBytes(20).toString('hex'),
      phone: `49171${String(made).padStart(PHONE_LENGTH - 3, '0')}`,
      bsuid: null,
      username: null,
      name: 'Anna',
      eventId: 'evt_first',
      inboundAt,
      now: now(),
    });
    return chat ?? expect.fail('there is no chat');
  };

  stage.visit = async ({ channel_id: channelId, id: chatId, phone }) => {
    const place = { channelId, chatId, phone, bsuid: null, eventId: 'evt_later', now: now() };
    await recordInbound(table, { ...place, username: null, name: '', inboundAt: now() });
  };

  stage.job = (chat, reply, more = {}) => {
    made += 1;
    const { id } = Object(reply) as { id?: string };
    return {
      kind: 'reply',
      channel_id: chat.channel_id,
      chat_id: chat.id,
      reply_id: id === undefined ? idOf('rep', made) : idOf('rep', chat.id, id),
      event_id: `evt_${made}`,
      turn_id: `evt_${made}`,
      index: 0,
      accepted_at: now(),
      automatic: true,
      reply,
      ...more,
    };
  };

  stage.run = (job) => deliverReply(stage.deps, job);
  stage.deliver = async (job) => {
    const waits: number[] = [];
    for (let end = await stage.run(job); end !== 'done'; end = await stage.run(job)) {
      waits.push(end.waitMs);
      if (waits.length > MOST_WAITS) throw new Error(`it waits for ever: ${waits.slice(-5)}`);
      stage.pass(end.waitMs);
    }
    return waits;
  };
  stage.delivery = async ({ channel_id, reply_id }) => {
    const found = await findDelivery(table, channel_id, reply_id);
    return found ?? expect.fail('there is no delivery');
  };
  stage.chat = async ({ channel_id, id }) => {
    const found = await findChat(table, channel_id, id, { consistent: true });
    return found ?? expect.fail('there is no chat');
  };
  stage.texts = ({ phone }) =>
    stage.provider.sent
      .filter(({ request }) => request.phone === phone)
      .map(({ request }) => request.text);
  stage.pass = (ms) => {
    ahead += ms;
  };
  return stage;
}

/** An error of Meta's, passed through by the provider (docs/360dialog.md#error-shapes). */
export const metaError = (code: number, status = 400, details = 'Because.'): HttpAnswer =>
  json(status, { error: { message: `(#${code}) No`, code, error_data: { details } } });

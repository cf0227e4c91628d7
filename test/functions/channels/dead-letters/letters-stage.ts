import { randomBytes } from 'node:crypto';
import { channelsHandler } from '../../../../functions/channels/handler.ts';
import type { Channel } from '../../../../shared/contract/channel.ts';
import type { DeadLetter } from '../../../../shared/contract/dead-letter.ts';
import type { InboundJob, ReplyJob } from '../../../../shared/contract/jobs.ts';
import { idOf } from '../../../../shared/kernel/hash.ts';
import { openQueues } from '../../../../shared/queues/queue.ts';
import { letterId } from '../../../../shared/rules/dead-letter/letter-id.ts';
import { writeDeadLetter } from '../../../../shared/store/dead-letters.ts';
import { channelKey, channelListKey } from '../../../../shared/store/keys.ts';
import { updateItem } from '../../../../shared/store/table.ts';
import { beginTurn, endTurn } from '../../../../shared/store/turns.ts';
import { callHandler, type HandlerAnswer } from '../../../support/call-handler.ts';
import { openRequestsStage, type RequestsStage } from '../../requests/stage.ts';

type Body = Record<string, unknown> & { dead_letters?: Record<string, unknown>[] };

export interface LettersStage extends Omit<RequestsStage, 'ask'> {
  /** One request through the handler of the admin endpoints. */
  send(methodAndPath: string, body?: unknown): Promise<HandlerAnswer<Body>>;
  /** Puts a channel into the list of channels. */
  list(channel: Channel): Promise<void>;
  /** Writes a letter about a channel; returns it with the id by which an operator means it. */
  letter(channel: Channel, more?: Partial<DeadLetter>): Promise<DeadLetter & { letterId: string }>;
  /** A turn of this visitor that failed, with its letter. */
  lostTurn(channel: Channel, phone?: string): Promise<LostTurn>;
}

export interface LostTurn {
  letter: DeadLetter & { letterId: string };
  eventId: string;
  job: InboundJob;
}

/** What the tests of docs/contract.md#dead-letters run on: the admin endpoints with real queues. */
export function openLettersStage(): LettersStage {
  const stage = openRequestsStage() as unknown as LettersStage;
  let made = 0;

  stage.send = (methodAndPath, body) => {
    const { table, now, queues } = stage.deps;
    const elsewhere = openQueues({ statuses: '', news: '' });
    const deps = {
      table,
      now,
      secrets: stage.deps.secrets,
      queues: { ...elsewhere, ...queues },
      publicUrl: 'https://channel.example',
      reach: 'local' as const,
      random: randomBytes,
      timeLimits: { callMs: 400, allMs: 1_200, askMs: 2_000 },
      awsKeys: () => ({ accessKeyId: 'invented', secretAccessKey: 'invented' }),
      lambdaLimit: async () => null,
      concurrency: null,
    };
    const headers = { 'content-type': 'application/json' };
    return callHandler(channelsHandler(deps), methodAndPath, body, headers);
  };
  stage.list = async ({ id, created_at }) => {
    const { gsi_pk, gsi_sk } = channelListKey(created_at, id);
    await updateItem(stage.table, channelKey(id), {
      update: 'SET #gsi_pk = :pk, #gsi_sk = :sk',
      values: { ':pk': gsi_pk, ':sk': gsi_sk },
    });
  };
  stage.letter = async (channel, more = {}) => {
    made += 1;
    const letter: DeadLetter = {
      channel_id: channel.id,
      id: `letter-${made}`,
      queue: 'inbound',
      code: 'unexpected-error',
      reason: 'A fault of our own stood in its way.',
      attempts: 3,
      job: someMessage(channel, { phone: '491713990000', id: `wamid.${made}` }),
      at: stage.deps.now() - 60_000 + made,
      ...more,
    };
    await writeDeadLetter(stage.table, letter, stage.deps.now());
    return { ...letter, letterId: letterId(letter) };
  };
  stage.lostTurn = async (channel, phone = '491713990001') => {
    made += 1;
    const chat = await stage.visitor(channel, phone);
    const id = `wamid.lost.${made}`;
    const eventId = idOf('evt', channel.id, 'message', id);
    const job = someMessage(channel, { phone, id });
    const place = { channelId: channel.id, eventId };
    const at = job.received_at;
    const letter = await stage.letter(channel, {
      id: eventId,
      code: 'agent-unavailable',
      reason: 'HTTP 500',
      job,
      at,
    });
    await beginTurn(stage.table, place, at);
    const outcome = { kind: 'failed', code: 'agent-unavailable', letter_at: at } as const;
    await endTurn(stage.table, place, { chatId: chat.id, outcome, now: at });
    return { letter, eventId, job };
  };
  return stage;
}

export const WORDS = 'words of the visitor';

/** What the webhook queues of a text. */
export const someMessage = (
  { id: channel_id }: Pick<Channel, 'id'>,
  { phone, id }: { phone: string; id: string },
): InboundJob => ({
  channel_id,
  received_at: Date.now() - 60_000,
  item: {
    kind: 'message',
    message: {
      id,
      payload_version: 'v2',
      from: { phone, bsuid: null, username: null },
      name: 'Anna Berg',
      sent_at: null,
      content: { kind: 'text' },
      text: WORDS,
    },
  },
});

/** A reply that the worker has queued. */
export const someReply = (
  { id: channel_id }: Pick<Channel, 'id'>,
  chatId: string,
  more: Partial<ReplyJob> = {},
): ReplyJob => ({
  kind: 'reply',
  channel_id,
  chat_id: chatId,
  reply_id: idOf('rep', channel_id, chatId, 'some'),
  event_id: 'evt_1',
  turn_id: 'evt_1',
  index: 0,
  accepted_at: Date.now() - 3 * 60 * 60 * 1000,
  automatic: true,
  reply: WORDS,
  ...more,
});

import type { Delivery } from '../../contract/delivery.ts';
import type { ReleaseJob, ReplyJob } from '../../contract/jobs.ts';
import { identityOf } from '../../contract/reply-identity.ts';
import { hashOf, idOf } from '../../kernel/hash.ts';

/** Replies that were accepted together: an answer of the agent's, or a request at the messages endpoint. */
export interface AcceptedReplies {
  channelId: string;
  chatId: string;
  /** The `TURN` that holds them. */
  turnId: string;
  /** The event they answer; null: the caller of the endpoint named none. */
  eventId: string | null;
  /** The last of `Turn.redriven`: what is written now is not what was written before. */
  redriven?: number | undefined;
  /** Epoch milliseconds. */
  acceptedAt: number;
  /** When the webhook took the message they answer, epoch milliseconds. */
  receivedAt?: number;
  /** False when a caller asked for them at an endpoint. */
  automatic: boolean;
  /** Set for answers to a notification. */
  parkIfClosed?: true;
  replies: unknown[];
}

/** Past this many, replies are only counted: an answer of nothing but commas must not flood a queue. */
const MAX_JUDGED = 100;

/**
 * The job of each reply, in order. Ids are deterministic, so that a reply that is queued or sent a
 * second time meets the first: from the chat and the agent's own id, else from the turn and the place
 * (docs/contract.md#replies). A second reply with the same own id is refused when its time comes.
 */
export function replyJobs({ replies, ...accepted }: AcceptedReplies): ReplyJob[] {
  const judged = replies.slice(0, MAX_JUDGED);
  const ids = judged.map(ownId);
  const redriven = accepted.redriven === undefined ? [] : [accepted.redriven];
  return judged.map((reply, index) => {
    const id = ids[index] ?? null;
    const isRepeated = id !== null && ids.indexOf(id) < index;
    return {
      kind: 'reply',
      channel_id: accepted.channelId,
      chat_id: accepted.chatId,
      reply_id:
        id === null || isRepeated
          ? idOf('rep', accepted.channelId, accepted.turnId, index, ...redriven)
          : idOf('rep', accepted.channelId, accepted.chatId, 'id', id),
      event_id: accepted.eventId,
      turn_id: accepted.turnId,
      index,
      ...(accepted.redriven !== undefined && { redriven: accepted.redriven }),
      accepted_at: accepted.acceptedAt,
      ...(accepted.receivedAt !== undefined && { received_at: accepted.receivedAt }),
      automatic: accepted.automatic,
      ...(accepted.parkIfClosed && { park_if_closed: true as const }),
      reply,
      ...(isRepeated && {
        refusal: {
          code: 'duplicate-id',
          reason: 'An earlier reply of this answer has the same id.',
        },
      }),
    };
  });
}

/** The delivery of a reply of which nothing has been done yet. */
export const deliveryOf = (job: ReplyJob): Delivery => ({
  ...identityOf(job),
  id: ownId(job.reply),
  parts: {},
  part_count: 0,
  notes: [],
});

/** The job of a reply that has a delivery already. `reply`: its words as the `TURN` has them. */
export const jobBehind = (delivery: Delivery, reply: unknown): ReplyJob => ({
  ...identityOf(delivery),
  kind: 'reply',
  reply,
});

/** The agent's own id, where the reply has a usable one. */
export function ownId(reply: unknown): string | null {
  const given = typeof reply === 'object' && reply !== null && 'id' in reply ? reply.id : null;
  const id = typeof given === 'number' ? String(given) : given;
  return typeof id === 'string' && id !== '' && id.length <= 128 ? id : null;
}

/** A job's place in `outbound.fifo`: after whatever was accepted for its chat before, and only once. */
export const outboundEntry = (job: ReplyJob) => ({
  job,
  group: outboundGroup(job),
  deduplicationId: hashOf(job.channel_id, job.reply_id, 'out', 0),
});

/** A look at a chat's park, behind whatever is queued for the chat. `why`: what asks for it, once. */
export const releaseEntry = (job: ReleaseJob, why: string) => ({
  job,
  group: outboundGroup(job),
  deduplicationId: hashOf(job.channel_id, job.chat_id, 'release', why),
});

/** One chat is one group: what goes to it goes in order. */
export const outboundGroup = ({
  channel_id,
  chat_id,
}: Pick<ReplyJob, 'channel_id' | 'chat_id'>): string => hashOf(channel_id, chat_id);

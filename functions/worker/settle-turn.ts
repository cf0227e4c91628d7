import type { Channel } from '../../shared/contract/channel.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { MAX_REPLIES } from '../../shared/contract/reply.ts';
import type { Turn } from '../../shared/contract/turn.ts';
import { hashOf, idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { enqueue } from '../../shared/queues/queue.ts';
import { repliesOf } from '../../shared/rules/replies-of.ts';
import { closeDialog } from '../../shared/store/chats.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';

/** Past this many, replies are only counted: an answer of nothing but commas must not flood a queue. */
const MAX_JUDGED = 100;

/** PROTOCOLS 3.3 and 3.4: does what an ended turn asks for. Safe to repeat: nothing goes twice. */
export async function settleTurn(deps: WorkerDeps, channel: Channel, turn: Turn): Promise<JobEnd> {
  const { outcome, chat_id: chatId } = turn;
  if (outcome === null || chatId === null) return 'done';
  const replies = repliesOf(channel, outcome);
  const ids = replies.map(ownId);
  if (replies.length > MAX_JUDGED) {
    log.warn('replies-dropped', { dropped: replies.length - MAX_JUDGED, limit: MAX_REPLIES });
  }
  await enqueue(
    deps.queues.outbound,
    replies.slice(0, MAX_JUDGED).map((reply, index) => {
      const own = ids[index] ?? null;
      const repeated = own !== null && ids.indexOf(own) < index;
      const job = replyJob(channel, turn, { chatId, reply, index, own, repeated });
      return {
        body: JSON.stringify(job),
        group: hashOf(channel.id, chatId),
        deduplicationId: hashOf(channel.id, job.reply_id, 'out', 0),
      };
    }),
  );
  if (outcome.kind === 'answered' && outcome.answer.dialog !== 'open') {
    await closeDialog(deps.table, { channel_id: channel.id, id: chatId }, turn.ended_at ?? 0);
  }
  log.info('turn-settled', { outcome: outcome.kind, replies: replies.length });
  return 'done';
}

function replyJob(
  channel: Channel,
  turn: Turn,
  {
    chatId,
    reply,
    index,
    own,
    repeated,
  }: { chatId: string; reply: unknown; index: number; own: string | null; repeated: boolean },
): ReplyJob {
  return {
    kind: 'reply',
    channel_id: channel.id,
    chat_id: chatId,
    // Deterministic, so that whoever queues or sends it a second time meets the first (contract §2).
    reply_id:
      own === null || repeated
        ? idOf('rep', channel.id, turn.event_id, index)
        : idOf('rep', channel.id, chatId, 'id', own),
    event_id: turn.event_id,
    index,
    accepted_at: turn.ended_at ?? turn.begun_at,
    automatic: true,
    reply,
    ...(repeated && {
      refusal: { code: 'duplicate-id', reason: 'An earlier reply of this answer has the same id.' },
    }),
  };
}

/** The agent's own id, where the reply has a usable one. */
function ownId(reply: unknown): string | null {
  const id = typeof reply === 'object' && reply !== null && 'id' in reply ? reply.id : null;
  return typeof id === 'string' && id !== '' && id.length <= 128 ? id : null;
}

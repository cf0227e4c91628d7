import type { Channel } from '../../shared/contract/channel.ts';
import type { Turn } from '../../shared/contract/turn.ts';
import { log } from '../../shared/kernel/log.ts';
import { enqueue } from '../../shared/queues/queue.ts';
import { repliesOf } from '../../shared/rules/replies-of.ts';
import { outboundEntry, replyJobs } from '../../shared/rules/reply-jobs.ts';
import { closeDialog } from '../../shared/store/chats.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * PROTOCOLS 3.3 and 3.4: does what an ended turn asks for. Safe to repeat: nothing goes twice.
 * `automatic`: false when somebody asked for the turn through a door.
 */
export async function settleTurn(
  deps: WorkerDeps,
  channel: Channel,
  turn: Turn,
  automatic: boolean,
): Promise<JobEnd> {
  const { outcome, chat_id: chatId, event_id: eventId } = turn;
  if (outcome === null || chatId === null) return 'done';
  const replies = repliesOf(channel, outcome);
  const jobs = replyJobs({
    channelId: channel.id,
    chatId,
    turnId: eventId,
    eventId,
    acceptedAt: turn.ended_at ?? turn.begun_at,
    automatic,
    replies,
  });
  if (replies.length > jobs.length) {
    log.warn('replies-dropped', { dropped: replies.length - jobs.length, limit: jobs.length });
  }
  await enqueue(deps.queues.outbound, jobs.map(outboundEntry));
  if (outcome.kind === 'answered' && outcome.answer.dialog !== 'open') {
    await closeDialog(deps.table, { channel_id: channel.id, id: chatId }, turn.ended_at ?? 0);
  }
  log.info('turn-settled', { outcome: outcome.kind, replies: replies.length });
  return 'done';
}

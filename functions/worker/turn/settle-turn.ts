import type { Channel } from '../../../shared/contract/channel.ts';
import type { HandoverJob } from '../../../shared/contract/jobs.ts';
import type { Turn } from '../../../shared/contract/turn.ts';
import { log } from '../../../shared/kernel/log.ts';
import { enqueue, enqueueJobs } from '../../../shared/queues/queue.ts';
import { repliesOf } from '../../../shared/rules/delivery/replies-of.ts';
import {
  type AcceptedReplies,
  outboundEntry,
  replyJobs,
} from '../../../shared/rules/delivery/reply-jobs.ts';
import { closeDialog } from '../../../shared/store/chat/close-dialog.ts';
import { keepSession } from '../../../shared/store/chat/keep-session.ts';
import type { JobEnd } from '../../chain/queue.ts';
import type { WorkerDeps } from '../deps.ts';

/** How the sender is to judge the replies of a turn. */
export type Settling = Pick<AcceptedReplies, 'automatic' | 'parkIfClosed' | 'receivedAt'>;

/**
 * PROTOCOLS 3.2a to 3.5: keeps the agent's session, queues the replies of an ended turn, closes the dialog, queues the handover.
 * Safe to repeat: no reply goes twice.
 */
export async function settleTurn(
  deps: WorkerDeps,
  channel: Channel,
  turn: Turn,
  settling: Settling,
): Promise<JobEnd> {
  const { outcome, chat_id: chatId, event_id: eventId } = turn;
  if (outcome === null || chatId === null) return 'done';
  // `agent_failed_text` answers a message of the visitor's only: `automatic` turns began with one.
  const isOwed = outcome.kind !== 'failed' || settling.automatic;
  const replies = isOwed ? repliesOf(channel, outcome) : [];
  const endedAt = turn.ended_at ?? turn.begun_at;
  const jobs = replyJobs({
    channelId: channel.id,
    chatId,
    turnId: eventId,
    eventId,
    redriven: turn.redriven?.at(-1),
    acceptedAt: endedAt,
    ...settling,
    replies,
  });
  if (replies.length > jobs.length) {
    log.warn('replies-dropped', { dropped: replies.length - jobs.length, limit: jobs.length });
  }
  if (outcome.kind === 'answered' && outcome.session !== undefined) {
    const chat = { channel_id: channel.id, id: chatId };
    await keepSession(deps.table, chat, outcome.session, endedAt);
  }
  await enqueue(deps.queues.outbound, jobs.map(outboundEntry));
  const { dialog } = outcome.kind === 'answered' ? outcome.answer : { dialog: 'open' };
  if (dialog !== 'open') {
    await closeDialog(deps.table, { channel_id: channel.id, id: chatId }, endedAt);
  }
  if (dialog === 'operator') {
    const job: HandoverJob = {
      kind: 'handover',
      channel_id: channel.id,
      chat_id: chatId,
      turn_id: eventId,
      at: endedAt,
    };
    await enqueueJobs(deps.queues.news, [job]);
  }
  log.info('turn-settled', { outcome: outcome.kind, replies: replies.length });
  return 'done';
}

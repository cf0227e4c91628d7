import type { Turn } from '../../contract/turn.ts';
import { replyJobs } from './reply-jobs.ts';

/**
 * The ids of a turn's replies in a chat. They are made from what was written, so what was written leads to
 * every delivery.
 */
export function replyIdsOf(
  { channel_id: channelId, event_id: turnId, outcome }: Turn,
  chatId: string,
): string[] {
  // Whether the visitor was told of a failed turn depends on an option that may have changed since.
  const replies =
    outcome?.kind === 'answered' ? outcome.answer.replies : outcome?.kind === 'failed' ? [''] : [];
  return replyJobs({
    channelId,
    chatId,
    turnId,
    eventId: null,
    acceptedAt: 0,
    automatic: false,
    replies,
  }).map(({ reply_id }) => reply_id);
}

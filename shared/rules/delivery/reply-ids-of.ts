import type { Turn } from '../../contract/turn.ts';
import { replyJobs } from './reply-jobs.ts';

/**
 * The ids of a turn's replies in a chat. They are made from what was written, so what was written leads to
 * every delivery. Each time the turn was redriven it had ended as failed before.
 */
export function replyIdsOf(
  { channel_id: channelId, event_id: turnId, outcome, redriven = [] }: Turn,
  chatId: string,
): string[] {
  const idsOf = (replies: unknown[], time: number | undefined) =>
    replyJobs({
      channelId,
      chatId,
      turnId,
      eventId: null,
      redriven: time,
      acceptedAt: 0,
      automatic: false,
      replies,
    }).map(({ reply_id }) => reply_id);
  const earlier = [undefined, ...redriven.slice(0, -1)].slice(0, redriven.length);
  // Whether the visitor was told of a failed turn depends on an option that may have changed since.
  const mayHaveText = outcome?.kind === 'failed' || outcome?.kind === 'paused';
  const replies = outcome?.kind === 'answered' ? outcome.answer.replies : mayHaveText ? [''] : [];
  return [...earlier.flatMap((time) => idsOf([''], time)), ...idsOf(replies, redriven.at(-1))];
}

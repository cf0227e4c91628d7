import type { Channel } from '../../contract/channel.ts';
import type { Chat } from '../../contract/chat.ts';
import type { ReplyJob } from '../../contract/jobs.ts';
import { idOf } from '../../kernel/hash.ts';

/** What the channel says when a message may not go, as a reply; undefined: it has no such template. */
export function fallbackReply({ options }: Pick<Channel, 'options'>): unknown {
  const { fallback_template: template } = options;
  return template === null ? undefined : { type: 'template', ...template };
}

/**
 * The fallback template as a reply of its own: PROTOCOLS 19. Its id comes from the reply it goes for and
 * from the window it finds closed, so that a sender that comes again meets the same one. `waitsFrom`,
 * epoch milliseconds: it may wait as long as that reply may.
 */
export const fallbackJob = (
  job: ReplyJob,
  { last_inbound_at: inboundAt }: Pick<Chat, 'last_inbound_at'>,
  { reply, waitsFrom }: { reply: unknown; waitsFrom: number },
): ReplyJob => ({
  kind: 'reply',
  channel_id: job.channel_id,
  chat_id: job.chat_id,
  reply_id: idOf('rep', job.channel_id, job.reply_id, 'fallback', inboundAt ?? 0),
  event_id: job.event_id,
  turn_id: job.turn_id,
  index: job.index,
  accepted_at: waitsFrom,
  automatic: job.automatic,
  fallback_for: job.reply_id,
  reply,
});

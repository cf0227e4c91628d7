import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { RefusalCode } from '../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { MAX_REPLIES, MAX_REPLY_TEXT, replySchema } from '../../shared/contract/reply.ts';
import { read } from '../../shared/kernel/parse.ts';
import { renderReply } from '../../shared/whatsapp/outbound/render-reply.ts';
import type { RenderedPart } from '../../shared/whatsapp/outbound/rendering.ts';

/** What a reply job comes to before anything is sent: its parts, or why there are none. */
export interface Plan {
  /** The agent's own id for the reply. */
  id: string | null;
  validForSeconds: number | null;
  parts: RenderedPart[];
  refusal: { code: RefusalCode; reason: string } | null;
}

/** Judges one reply alone and renders it. Pure: the same job always makes the same parts. */
export function planReply(job: ReplyJob, channel: Channel, chat: Chat): Plan {
  const loose = job.reply as { id?: unknown } | null;
  const id = typeof loose?.id === 'string' ? loose.id : null;
  const refused = (code: RefusalCode, reason: string): Plan => ({
    id,
    validForSeconds: null,
    parts: [],
    refusal: { code, reason },
  });

  if (job.refusal) return refused(job.refusal.code, job.refusal.reason);
  if (job.index >= MAX_REPLIES) {
    return refused('too-many-replies', `An answer holds at most ${MAX_REPLIES} replies.`);
  }
  const reply = read(replySchema, job.reply);
  if (!reply.ok) {
    const at = reply.errors.map(({ path, detail }) => `${path || 'reply'}: ${detail}`).join('; ');
    return refused(isTooLong(job.reply) ? 'too-long' : 'reply-invalid', at.slice(0, 500));
  }
  const rendering = renderReply(reply.value, {
    to: { phone: chat.phone, bsuid: chat.bsuid },
    dialect: channel.hosting === 'on-premise' ? 'v1' : 'v2',
    choices: channel.options.choices,
    markdown: channel.options.markdown,
  });
  if (rendering.kind === 'refused') return refused(rendering.code, rendering.reason);
  if (rendering.kind === 'pause') return refused('reply-unsupported', 'A pause cannot be sent.');
  const { parts } = rendering;
  return { id, validForSeconds: reply.value.valid_for ?? null, parts, refusal: null };
}

function isTooLong(reply: unknown): boolean {
  const text = typeof reply === 'string' ? reply : (reply as { text?: unknown } | null)?.text;
  return typeof text === 'string' && text.length > MAX_REPLY_TEXT;
}

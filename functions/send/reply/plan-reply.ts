import type { Channel } from '../../../shared/contract/channel.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { RefusalCode } from '../../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { MAX_REPLIES, type Reply, readReply } from '../../../shared/contract/reply.ts';
import { ownId } from '../../../shared/rules/delivery/reply-jobs.ts';
import { renderReply } from '../../../shared/whatsapp/outbound/render-reply.ts';
import type { Plan } from '../sending.ts';

/** Judges one reply alone and renders it: the same job always makes the same parts. */
export async function planReply(job: ReplyJob, channel: Channel, chat: Chat): Promise<Plan> {
  const id = ownId(job.reply);
  const refused = (code: RefusalCode, reason: string): Plan => ({
    id,
    validForSeconds: null,
    ifWindowClosed: null,
    parts: [],
    menu: null,
    pauseSeconds: null,
    refusal: { code, reason },
  });

  if (job.refusal) return refused(job.refusal.code, job.refusal.reason);
  if (job.index >= MAX_REPLIES) {
    return refused('too-many-replies', `An answer holds at most ${MAX_REPLIES} replies.`);
  }
  const read = readReply(job.reply, `replies.${job.index}`);
  if (!read.ok) return refused(read.code, read.reason);
  const reply = channel.options.markdown === 'convert' ? await formatted(read.reply) : read.reply;
  const rendering = renderReply(reply, {
    to: { phone: chat.phone, bsuid: chat.bsuid },
    dialect: channel.hosting === 'on-premise' ? 'v1' : 'v2',
    choices: channel.options.choices,
    replyId: job.reply_id,
  });
  if (rendering.kind === 'refused') return refused(rendering.code, rendering.reason);
  const common = {
    id,
    validForSeconds: reply.valid_for ?? null,
    ifWindowClosed: reply.if_window_closed ?? null,
    refusal: null,
  };
  if (rendering.kind === 'pause') {
    return { ...common, parts: [], menu: null, pauseSeconds: rendering.seconds };
  }
  return { ...common, parts: rendering.parts, menu: rendering.menu, pauseSeconds: null };
}

/** Loaded only where a channel converts Markdown: the parser costs a cold start 12 ms. */
async function formatted(reply: Reply): Promise<Reply> {
  const { formatReply } = await import('../../../shared/whatsapp/outbound/markdown.ts');
  return formatReply(reply);
}

import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';
import type { FallbackNote } from '../../../shared/rules/delivery/delivery-news.ts';
import { waitsFrom } from '../../../shared/rules/delivery/reply-age.ts';
import { hasAsked } from '../../../shared/rules/window/closed-window.ts';
import { fallbackJob, fallbackReply } from '../../../shared/rules/window/fallback-template.ts';
import { noteFallback } from '../../../shared/store/chat/sent-fallback.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import type { JobEnd } from '../../chain/queue.ts';
import { type OpenDelivery, partAs } from '../open-delivery.ts';
import type { Sending } from '../sending.ts';
import { beginSending } from './begin-sending.ts';
import { agedAs, takeSteps } from './take-steps.ts';

export type FallbackEnd =
  /** It has gone: now, or before, for another reply of the same answer or window. */
  | { kind: 'sent' }
  | { kind: 'failed'; reason: string }
  | { kind: 'waits'; end: Exclude<JobEnd, 'done'> }
  /** Another write to the reply's delivery came first: it was read again, and is to be judged anew. */
  | { kind: 'read-again' };

/** PROTOCOLS 19: the channel's fallback template, as a reply of its own, in the place of a part. */
export async function sendFallback(
  sending: Sending,
  { index, policy }: { index: number; policy: 'template' | 'park' },
): Promise<FallbackEnd> {
  const { visit, job, delivery } = sending;
  const { deps, channel, chat } = visit;
  if (chat.fallback && hasAsked(chat, job.turn_id, policy)) {
    noteIn(delivery, 'template-sent', chat.fallback.reply_id);
    return { kind: 'sent' };
  }
  const reply = fallbackReply(channel);
  const fallback = fallbackJob(job, chat, { reply, waitsFrom: waitsFrom(agedAs(sending)) });
  const isBegun = delivery.state.fallback_reply_id === fallback.reply_id;
  if (!isBegun && !(await leadTo(sending, { index, fallback }))) return { kind: 'read-again' };

  const begun = isBegun ? await findDelivery(deps.table, channel.id, fallback.reply_id) : null;
  const template = await beginSending(visit, fallback, begun);
  const end = await takeSteps(template);
  // The only other ends are of a closed window, and a template needs no open one.
  if (end !== 'done' && 'waitMs' in end) return { kind: 'waits', end };
  return judge(sending, template.delivery);
}

/** The reply's delivery leads to its template from the beginning: erasing the chat finds it so. */
async function leadTo(
  { visit, delivery }: Sending,
  { index, fallback }: { index: number; fallback: ReplyJob },
): Promise<boolean> {
  const before = delivery.state.parts[index];
  delivery.set(index, partAs('waiting', visit.deps.now(), {}, before));
  delivery.note({ fallback_reply_id: fallback.reply_id });
  return delivery.flush();
}

/** What the template's own delivery says became of it, noted with the reply it went for. */
async function judge(
  { visit, job, delivery }: Sending,
  template: OpenDelivery,
): Promise<FallbackEnd> {
  const { deps, chat } = visit;
  const { reply_id, parts } = template.state;
  const [part] = Object.values(parts);
  if (!part || part.message_id === null || part.status === 'failed') {
    count('fallback-template-failed');
    log.warn('fallback-template-failed', { fallback_reply_id: reply_id, code: part?.code });
    noteIn(delivery, 'fallback-template-failed', reply_id);
    return { kind: 'failed', reason: part?.reason ?? '' };
  }
  const fallback = { reply_id, turn_id: job.turn_id, inbound_at: chat.last_inbound_at };
  await noteFallback(deps.table, chat, fallback);
  visit.learn({ fallback });
  count('fallback-template-sent');
  log.info('fallback-template-sent', { fallback_reply_id: reply_id });
  noteIn(delivery, 'template-sent', reply_id);
  return { kind: 'sent' };
}

function noteIn(delivery: OpenDelivery, note: FallbackNote, fallbackReplyId: string): void {
  const notes = [...new Set([...delivery.state.notes, note])];
  delivery.note({ notes, fallback_reply_id: fallbackReplyId });
}

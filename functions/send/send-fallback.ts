import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import type { FallbackNote } from '../../shared/rules/delivery/delivery-news.ts';
import { hasAsked } from '../../shared/rules/window/closed-window.ts';
import { fallbackJob, fallbackReply } from '../../shared/rules/window/fallback-template.ts';
import { noteFallback } from '../../shared/store/chat/sent-fallback.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import type { JobEnd } from '../chain/queue.ts';
import { beginDelivery } from './begin-delivery.ts';
import { Ledger, partAs } from './ledger.ts';
import { planReply } from './plan-reply.ts';
import { waitsFrom, walk } from './take-steps.ts';
import { goOnFrom, type Run } from './visit.ts';

export type FallbackEnd =
  /** It has gone: now, or before, for another reply of the same answer or window. */
  | { kind: 'sent' }
  | { kind: 'failed'; reason: string }
  | { kind: 'waits'; end: Exclude<JobEnd, 'done'> }
  /** Somebody was there first: the ledger of the reply says what they wrote. */
  | { kind: 'overtaken' };

/** PROTOCOLS 19: the channel's fallback template, as a reply of its own, in the place of a part. */
export async function sendFallback(
  run: Run,
  ledger: Ledger,
  { index, policy }: { index: number; policy: 'template' | 'park' },
): Promise<FallbackEnd> {
  const { deps, job, channel, chat } = run;
  if (chat.fallback && hasAsked(chat, job.turn_id, policy)) {
    noteIn(ledger, 'template-sent', chat.fallback.reply_id);
    return { kind: 'sent' };
  }
  const reply = fallbackReply(channel);
  const fallback = fallbackJob(job, chat, { reply, waitsFrom: waitsFrom(run, ledger.delivery) });
  const isBegun = ledger.delivery.fallback_reply_id === fallback.reply_id;
  if (!isBegun && !(await leadTo(run, ledger, { index, fallback }))) return { kind: 'overtaken' };

  const plan = await planReply(fallback, channel, chat);
  const begun = isBegun ? await findDelivery(deps.table, channel.id, fallback.reply_id) : null;
  const own = new Ledger(deps, begun ?? beginDelivery(fallback, plan), { stored: begun !== null });
  const ownRun: Run = { ...run, job: fallback, plan };
  const end = await walk(ownRun, own);
  goOnFrom(run, ownRun);
  // A template needs no window, so that is nothing it could meet.
  if (end !== 'done' && 'waitMs' in end) return { kind: 'waits', end };
  return judge(run, ledger, own);
}

/** The ledger of the reply leads to its template from the beginning: erasing the chat finds it so. */
async function leadTo(
  { deps }: Run,
  ledger: Ledger,
  { index, fallback }: { index: number; fallback: ReplyJob },
): Promise<boolean> {
  ledger.set(index, partAs('waiting', deps.now(), {}, ledger.delivery.parts[index]));
  ledger.note({ fallback_reply_id: fallback.reply_id });
  return ledger.flush();
}

async function judge(run: Run, ledger: Ledger, own: Ledger): Promise<FallbackEnd> {
  const { deps, job, chat } = run;
  const { reply_id, parts } = own.delivery;
  const [part] = Object.values(parts);
  if (!part || part.message_id === null || part.status === 'failed') {
    count('fallback-template-failed');
    log.warn('fallback-template-failed', { fallback_reply_id: reply_id, code: part?.code });
    noteIn(ledger, 'fallback-template-failed', reply_id);
    return { kind: 'failed', reason: part?.reason ?? '' };
  }
  const { turn_id } = job;
  const fallback = { reply_id, turn_id, inbound_at: chat.last_inbound_at };
  await noteFallback(deps.table, chat, fallback);
  run.chat = { ...chat, fallback };
  count('fallback-template-sent');
  log.info('fallback-template-sent', { fallback_reply_id: reply_id });
  noteIn(ledger, 'template-sent', reply_id);
  return { kind: 'sent' };
}

function noteIn(ledger: Ledger, note: FallbackNote, fallbackReplyId: string): void {
  const notes = [...new Set([...ledger.delivery.notes, note])];
  ledger.note({ notes, fallback_reply_id: fallbackReplyId });
}

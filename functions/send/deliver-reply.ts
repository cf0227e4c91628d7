// Window → render → send each part once → record.
import type { Delivery } from '../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { isEnded, rankOf } from '../../shared/rules/delivery-progress.ts';
import { nextStep, type Step } from '../../shared/rules/next-step.ts';
import { isPaused } from '../../shared/rules/pause.ts';
import { findChannel } from '../../shared/store/channels.ts';
import { findChat } from '../../shared/store/chats.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { SendDeps } from './deps.ts';
import { holdBack } from './hold-back.ts';
import { ChatErased, Ledger, partAs } from './ledger.ts';
import { noteMenu } from './note-menu.ts';
import { planReply } from './plan-reply.ts';
import { reopenPart } from './reopen-part.ts';
import { reportEnds } from './report-ends.ts';
import type { Run } from './run.ts';
import { hasTimeFor, sendPart } from './send-part.ts';

/** PROTOCOLS 4: one reply, part by part, each accepted once. */
export async function deliverReply(deps: SendDeps, job: ReplyJob): Promise<JobEnd> {
  const { table } = deps;
  const { channel_id, chat_id, reply_id, event_id, turn_id, index, automatic } = job;
  log.appendKeys({ channel_id, reply_id, event_id });
  const startedAt = deps.now();
  const [channel, chat] = await Promise.all([
    findChannel(table, channel_id),
    findChat(table, channel_id, chat_id, { consistent: true }),
  ]);
  if (!channel || !chat) {
    log.warn('reply-dropped', { reason: channel ? 'chat-unknown' : 'channel-unknown' });
    return 'done';
  }
  const reopened = job.again && (await reopenPart(deps, job, job.again));
  if (reopened === null) return 'done';

  const plan = await planReply(job, channel, chat);
  const delivery = reopened ?? {
    channel_id,
    reply_id,
    id: plan.id,
    event_id,
    turn_id,
    index,
    chat_id,
    accepted_at: job.accepted_at,
    automatic,
    parts: {},
    part_count: Math.max(plan.parts.length, 1),
    notes: [...new Set(plan.parts.flatMap(({ notes }) => notes))],
  };
  const ledger = new Ledger(deps, delivery, { stored: reopened !== undefined });
  try {
    return await walk({ deps, job, channel, chat, plan, startedAt, hasSent: false }, ledger);
  } catch (error) {
    if (!(error instanceof ChatErased)) throw error;
    log.info('reply-dropped', { reason: 'chat-erased' });
    return 'done';
  }
}

/** Asks the rule what is next and does it, until the reply has ended or has to wait. */
async function walk(run: Run, ledger: Ledger): Promise<JobEnd> {
  for (;;) {
    const step = await stepOf(run, ledger);
    if (step.kind === 'send' && hasTimeFor(run, step.index)) await send(run, ledger, step.index);
    else if (step.kind === 'stop') stop(run, ledger, step);
    else if (!(await ledger.flush())) continue;
    else if (step.kind === 'wait') return { waitMs: step.waitMs };
    else if (step.kind === 'send') return { waitMs: 0 };
    else {
      await noteMenu(run, ledger.delivery);
      await reportEnds(run.deps, run.channel, ledger.delivery);
      return 'done';
    }
  }
}

async function stepOf(run: Run, ledger: Ledger): Promise<Step> {
  const { deps, job, channel, chat, plan } = run;
  const { parts, part_count: partCount, accepted_at: acceptedAt } = ledger.delivery;
  const now = deps.now();
  const isPause = plan.pauseSeconds !== null;
  return nextStep({
    parts,
    partCount,
    holdMs: plan.refusal || !isOpen(ledger.delivery) ? 0 : await holdBack(run),
    refusal: plan.refusal,
    circumstances: {
      channelActive: channel.active,
      silenced: job.automatic && isPaused(chat.paused_until, now),
      lastInboundAt: chat.last_inbound_at,
      acceptedAt,
      validForSeconds: plan.validForSeconds,
      now,
    },
    needsWindow: (index) => !isPause && (plan.parts[index]?.needsWindow ?? true),
    unknownOutcome: channel.options.unknown_outcome,
    // A part that is sent once more waits from then on, not from the first time. A pause is its wait.
    waitsUntil: isPause
      ? Number.POSITIVE_INFINITY
      : job.accepted_at + channel.options.max_wait_minutes * 60_000,
  });
}

const isOpen = (delivery: Delivery): boolean =>
  Object.values(delivery.parts).filter(({ status }) => isEnded(status)).length <
  delivery.part_count;

/** A pause is a part that is waited out and never leaves. */
async function send(run: Run, ledger: Ledger, index: number): Promise<void> {
  const { deps, plan } = run;
  if (plan.pauseSeconds === null) return sendPart(run, ledger, index);
  const before = ledger.delivery.parts[index];
  const retryAt = deps.now() + plan.pauseSeconds * 1000;
  const next = before
    ? partAs('accepted', deps.now(), {}, before)
    : partAs('waiting', deps.now(), { retry_at: retryAt });
  ledger.set(index, next);
}

/** The parts behind one that cannot go do not go either: half a sentence helps nobody. */
function stop(
  { deps }: Run,
  ledger: Ledger,
  { index, status, code, reason }: Extract<Step, { kind: 'stop' }>,
): void {
  const { parts, part_count: partCount } = ledger.delivery;
  for (let at = index; at < partCount; at++) {
    const before = parts[at];
    // One that is sent once more may have others behind it that have arrived.
    if (before && isEnded(before.status)) continue;
    const stopped = partAs(status, deps.now(), { code, reason }, before);
    // A guess: whatever a status says later is truer.
    const rank = code === 'outcome-unknown' ? rankOf('sending') : stopped.rank;
    ledger.set(at, { ...stopped, rank });
  }
}

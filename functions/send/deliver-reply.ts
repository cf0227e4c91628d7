// Window → render → send each part once → record.
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { nextStep, type Step } from '../../shared/rules/next-step.ts';
import { takeSlot } from '../../shared/rules/pair-limit.ts';
import { isPaused } from '../../shared/rules/pause.ts';
import { findChannel } from '../../shared/store/channels.ts';
import { findChat, noteSending } from '../../shared/store/chats.ts';
import type { JobEnd } from '../chain/queue.ts';
import { attemptPart } from './attempt-part.ts';
import type { SendDeps } from './deps.ts';
import { holdBack } from './hold-back.ts';
import { ChatErased, Ledger, partAs } from './ledger.ts';
import { isOvertaking, noteMenu } from './note-menu.ts';
import { planReply } from './plan-reply.ts';
import { reopenPart } from './reopen-part.ts';
import { reportEnds } from './report-ends.ts';
import type { Run } from './run.ts';

/** PROTOCOLS 4: one reply, part by part, each accepted once. */
export async function deliverReply(deps: SendDeps, job: ReplyJob): Promise<JobEnd> {
  const { table } = deps;
  const { channel_id, chat_id, reply_id, event_id, index } = job;
  log.appendKeys({ channel_id, reply_id, event_id });
  const [channel, chat] = await Promise.all([
    findChannel(table, channel_id),
    findChat(table, channel_id, chat_id, { consistent: true }),
  ]);
  if (!channel || !chat) {
    log.warn('reply-dropped', { reason: channel ? 'chat-unknown' : 'channel-unknown' });
    return 'done';
  }
  if (job.again && !(await reopenPart(deps, job, job.again))) return 'done';

  const plan = await planReply(job, channel, chat);
  const ledger = new Ledger(deps, {
    channel_id,
    reply_id,
    id: plan.id,
    event_id,
    index,
    chat_id,
    accepted_at: job.accepted_at,
    parts: {},
    part_count: Math.max(plan.parts.length, 1),
    notes: [...new Set(plan.parts.flatMap(({ notes }) => notes))],
  });
  try {
    return await walk({ deps, job, channel, chat, plan }, ledger);
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
    if (step.kind === 'send') await send(run, ledger, step.index);
    else if (step.kind === 'stop') stop(run, ledger, step);
    else if (!(await ledger.flush())) continue;
    else if (step.kind === 'wait') return { waitMs: step.waitMs };
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
  return nextStep({
    parts,
    partCount,
    holdMs: await holdBack(run),
    refusal: plan.refusal,
    circumstances: {
      channelActive: channel.active,
      silenced: job.automatic && isPaused(chat.paused_until, now),
      lastInboundAt: chat.last_inbound_at,
      acceptedAt,
      validForSeconds: plan.validForSeconds,
      now,
    },
    needsWindow: (index) => plan.pauseSeconds === null && (plan.parts[index]?.needsWindow ?? true),
    unknownOutcome: channel.options.unknown_outcome,
    // A part that is sent once more waits from then on, not from the first time.
    waitsUntil: job.accepted_at + channel.options.max_wait_minutes * 60_000,
  });
}

/** The beginning is in the ledger before the request leaves, together with the last part's end. */
async function send(run: Run, ledger: Ledger, index: number): Promise<void> {
  const { deps, plan, chat } = run;
  const before = ledger.delivery.parts[index];
  const planned = plan.parts[index];
  const rendered = before?.as === 'fallback' ? (planned?.fallback ?? planned) : planned;
  if (plan.pauseSeconds !== null) return pause(run, ledger, index);
  // The options may have changed since the ledger was opened, and with them the number of parts.
  if (!rendered) {
    const reason = 'The channel was changed while this reply was being sent.';
    ledger.set(index, partAs('failed', deps.now(), { code: 'outcome-unknown', reason }, before));
    return;
  }
  const begun = partAs(
    'sending',
    deps.now(),
    {
      attempts: (before?.attempts ?? 0) + 1,
      ...(rendered.fallback && { has_fallback: true as const }),
    },
    before,
  );
  ledger.set(index, begun);
  const slot = takeSlot(chat.pace_at, deps.now(), deps.pace);
  const traces = {
    ...('paceAt' in slot && { pace_at: slot.paceAt }),
    ...(chat.menu && isOvertaking(run, chat.menu) && { menu: { ...chat.menu, overtaken: true } }),
  };
  const [isOurs] = await Promise.all([ledger.flush(), noteSending(deps.table, chat, traces)]);
  run.chat = { ...chat, ...traces };
  if (!isOurs) return;
  const after = await attemptPart(run, { delivery: ledger.delivery, index, begun, rendered });
  if (after !== begun) ledger.set(index, after);
}

/** A pause is a part that is waited out and never leaves. */
function pause({ deps, plan }: Run, ledger: Ledger, index: number): void {
  const before = ledger.delivery.parts[index];
  const retryAt = deps.now() + (plan.pauseSeconds ?? 0) * 1000;
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
    ledger.set(at, partAs(status, deps.now(), { code, reason }, parts[at]));
  }
}

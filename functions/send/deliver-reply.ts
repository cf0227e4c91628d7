// Window → render → send each part once → record.
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { nextStep, type Step } from '../../shared/rules/next-step.ts';
import { isPaused } from '../../shared/rules/pause.ts';
import { findChannel } from '../../shared/store/channels.ts';
import { findChat } from '../../shared/store/chats.ts';
import type { JobEnd } from '../chain/queue.ts';
import { attemptPart } from './attempt-part.ts';
import type { SendDeps } from './deps.ts';
import { ChatErased, Ledger, partAs } from './ledger.ts';
import { type Plan, planReply } from './plan-reply.ts';
import { reportEnds } from './report-ends.ts';

/** PROTOCOLS 4: one reply, part by part, each accepted once. */
export async function deliverReply(deps: SendDeps, job: ReplyJob): Promise<JobEnd> {
  const { table } = deps;
  const { channel_id, chat_id, reply_id, event_id } = job;
  log.appendKeys({ channel_id, reply_id, event_id });
  const [channel, chat] = await Promise.all([
    findChannel(table, channel_id),
    findChat(table, channel_id, chat_id, { consistent: true }),
  ]);
  if (!channel || !chat) {
    log.warn('reply-dropped', { reason: channel ? 'chat-unknown' : 'channel-unknown' });
    return 'done';
  }
  const plan = planReply(job, channel, chat);
  const ledger = new Ledger(deps, {
    channel_id,
    reply_id,
    id: plan.id,
    event_id,
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

interface Run {
  deps: SendDeps;
  job: ReplyJob;
  channel: Channel;
  chat: Chat;
  plan: Plan;
}

/** Asks the rule what is next and does it, until the reply has ended or has to wait. */
async function walk(run: Run, ledger: Ledger): Promise<JobEnd> {
  for (;;) {
    const step = stepOf(run, ledger);
    if (step.kind === 'send') await send(run, ledger, step.index);
    else if (step.kind === 'stop') stop(run, ledger, step);
    else if (!(await ledger.flush())) continue;
    else if (step.kind === 'wait') return { waitMs: step.waitMs };
    else {
      await reportEnds(run.deps, run.channel, ledger.delivery);
      return 'done';
    }
  }
}

function stepOf({ deps, job, channel, chat, plan }: Run, ledger: Ledger): Step {
  const { parts, part_count: partCount } = ledger.delivery;
  return nextStep({
    parts,
    partCount,
    refusal: plan.refusal,
    circumstances: {
      channelActive: channel.active,
      silenced: job.automatic && isPaused(chat.paused_until, deps.now()),
      lastInboundAt: chat.last_inbound_at,
      acceptedAt: job.accepted_at,
      validForSeconds: plan.validForSeconds,
      now: deps.now(),
    },
    needsWindow: (index) => plan.parts[index]?.needsWindow ?? true,
    unknownOutcome: channel.options.unknown_outcome,
    maxWaitMinutes: channel.options.max_wait_minutes,
  });
}

/** The beginning is in the ledger before the request leaves, together with the last part's end. */
async function send(
  { deps, channel, chat, plan }: Run,
  ledger: Ledger,
  index: number,
): Promise<void> {
  const rendered = plan.parts[index];
  // The options may have changed since the ledger was opened, and with them the number of parts.
  if (!rendered) {
    const reason = 'The channel was changed while this reply was being sent.';
    ledger.set(index, partAs('failed', deps.now(), { code: 'outcome-unknown', reason }));
    return;
  }
  const before = ledger.delivery.parts[index];
  const begun = partAs('sending', deps.now(), { attempts: (before?.attempts ?? 0) + 1 }, before);
  ledger.set(index, begun);
  if (!(await ledger.flush())) return;
  const after = await attemptPart(deps, {
    channel,
    chat,
    delivery: ledger.delivery,
    index,
    begun,
    rendered,
  });
  if (after !== begun) ledger.set(index, after);
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

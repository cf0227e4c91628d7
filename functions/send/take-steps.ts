import type { Delivery } from '../../shared/contract/delivery.ts';
import { isPaused } from '../../shared/rules/chat/pause.ts';
import { isEnded } from '../../shared/rules/delivery/delivery-progress.ts';
import { nextStep, type Step } from '../../shared/rules/delivery/next-step.ts';
import { optedOut } from '../../shared/rules/opt-out/opted-out.ts';
import { closedWindowPolicy } from '../../shared/rules/window/closed-window.ts';
import { isInPark, MOST_PARKED } from '../../shared/rules/window/park.ts';
import type { JobEnd } from '../chain/queue.ts';
import { type Ledger, partAs } from './ledger.ts';
import { noteMenu } from './note-menu.ts';
import { reportEnds } from './report-ends.ts';
import { hasTimeFor, sendPart } from './send-part.ts';
import { stopParts } from './stop-parts.ts';
import { unwantedTemplates } from './unwanted-templates.ts';
import type { Run } from './visit.ts';
import { waitBeforeNext } from './wait-before-next.ts';

/** The window stands in the way, and the reply is not to be refused for it. */
export type Closed = Extract<Step, { kind: 'template' | 'park' }>;

/** Asks the rule what is next and does it, until the reply has ended, has to wait or meets the window. */
export async function walk(run: Run, ledger: Ledger): Promise<JobEnd | Closed> {
  for (;;) {
    const step = await stepOf(run, ledger);
    if (step.kind === 'send' && hasTimeFor(run, step.index)) await send(run, ledger, step.index);
    else if (step.kind === 'stop') stopParts(run.deps, ledger, step);
    else if (!(await ledger.flush())) continue;
    else if (step.kind === 'template' || step.kind === 'park') return step;
    else if (step.kind === 'wait') return { waitMs: step.waitMs };
    else if (step.kind === 'send') return { waitMs: 0 };
    else {
      await noteMenu(run, ledger.delivery);
      await reportEnds(run.deps, run.channel, ledger.delivery);
      return 'done';
    }
  }
}

/** A channel that is blocked is looked at at least so often. */
const LOOK_AGAIN_MS = 60_000;

async function stepOf(run: Run, ledger: Ledger): Promise<Step> {
  const { deps, job, channel, chat, plan } = run;
  const { delivery } = ledger;
  const now = deps.now();
  const isPause = plan.pauseSeconds !== null;
  const mayGo = !plan.refusal && isOpen(delivery);
  const parkIfClosed = delivery.park_if_closed === true;
  const policy = closedWindowPolicy(plan.ifWindowClosed, channel.options, { parkIfClosed });
  const unwanted = mayGo && !isPause ? await unwantedTemplates(run) : null;
  const holdMs = mayGo ? Math.max(await waitBeforeNext(run), unwanted?.holdMs ?? 0) : 0;
  return nextStep({
    parts: delivery.parts,
    partCount: delivery.part_count,
    holdMs,
    refusal: plan.refusal,
    circumstances: {
      channelActive: channel.active,
      silenced: job.automatic && isPaused(chat.paused_until, now),
      window: chat,
      acceptedAt: delivery.accepted_at,
      validForSeconds: plan.validForSeconds,
      policy,
      optedOut: optedOut(chat) !== null,
      parkFull: chat.parked.length >= MOST_PARKED && !isInPark(chat.parked, delivery.reply_id),
      now,
    },
    // A pause needs none, but stays between the replies it was written between.
    needsWindow: (index) =>
      isPause
        ? policy.kind === 'park' && chat.parked.length > 0
        : (plan.parts[index]?.needsWindow ?? true),
    unwanted: (index) => unwanted?.isUnwanted(index) ?? false,
    blocked:
      channel.blocked && !isPause
        ? {
            reason: channel.blocked.reason,
            lookAgainMs: Math.min(LOOK_AGAIN_MS, deps.probeIntervalMs),
          }
        : null,
    unknownOutcome: channel.options.unknown_outcome,
    // A pause is its wait.
    waitsUntil: isPause
      ? Number.POSITIVE_INFINITY
      : waitsFrom(run, delivery) + channel.options.max_wait_minutes * 60_000,
  });
}

/**
 * Since when a reply only waits, epoch milliseconds: a part that is sent once more since then, one that
 * was parked since it was released, not from the first time.
 */
export const waitsFrom = ({ job }: Pick<Run, 'job'>, { parts }: Delivery): number =>
  Math.max(job.accepted_at, ...Object.values(parts).map((part) => part.released_at ?? 0));

const isOpen = (delivery: Delivery): boolean =>
  Object.values(delivery.parts).filter(({ status }) => isEnded(status)).length <
  delivery.part_count;

/** A pause is a part that is waited out and never leaves. */
async function send(run: Run, ledger: Ledger, index: number): Promise<void> {
  const { deps, plan } = run;
  if (plan.pauseSeconds === null) return sendPart(run, ledger, index);
  const before = ledger.delivery.parts[index];
  const retryAt = deps.now() + plan.pauseSeconds * 1000;
  const next = before?.retry_at
    ? partAs('accepted', deps.now(), {}, before)
    : partAs('waiting', deps.now(), { retry_at: retryAt }, before);
  ledger.set(index, next);
}

import type { Delivery } from '../../../shared/contract/delivery.ts';
import { isPaused } from '../../../shared/rules/chat/pause.ts';
import { isEnded } from '../../../shared/rules/delivery/delivery-progress.ts';
import { nextStep, type Step } from '../../../shared/rules/delivery/next-step.ts';
import { waitsUntil } from '../../../shared/rules/delivery/reply-age.ts';
import { optedOut } from '../../../shared/rules/opt-out/opted-out.ts';
import { closedWindowPolicy } from '../../../shared/rules/window/closed-window.ts';
import { isInPark, MOST_PARKED } from '../../../shared/rules/window/park.ts';
import type { JobEnd } from '../../chain/queue.ts';
import { partAs } from '../open-delivery.ts';
import { hasTimeFor, sendPart } from '../part/send-part.ts';
import { stopParts } from '../part/stop-parts.ts';
import { waitBeforeNext } from '../part/wait-before-next.ts';
import type { Sending } from '../sending.ts';
import { noteMenu } from './note-menu.ts';
import { reportEnds } from './report-reply.ts';
import { unwantedTemplates } from './unwanted-templates.ts';

/** The window stands in the way, and the reply is not to be refused for it. */
export type Closed = Extract<Step, { kind: 'template' | 'park' }>;

/** Asks the rule what is next and does it, until the reply has ended, has to wait or meets the window. */
export async function takeSteps(sending: Sending): Promise<JobEnd | Closed> {
  for (;;) {
    const step = await stepOf(sending);
    if (step.kind === 'send' && hasTimeFor(sending, step.index))
      await sendOrPause(sending, step.index);
    else if (step.kind === 'stop') stopParts(sending, step);
    else if (!(await sending.delivery.flush())) continue;
    else if (step.kind === 'template' || step.kind === 'park') return step;
    else if (step.kind === 'wait') return { waitMs: step.waitMs };
    else if (step.kind === 'send') return { waitMs: 0 };
    else {
      await noteMenu(sending);
      await reportEnds(sending);
      return 'done';
    }
  }
}

/** While its channel is blocked, a reply looks again after this long at the latest. */
const LONGEST_WAIT_WHILE_BLOCKED_MS = 60_000;

async function stepOf(sending: Sending): Promise<Step> {
  const { visit, job, plan } = sending;
  const { deps, channel, chat } = visit;
  const delivery = sending.delivery.state;
  const now = deps.now();
  const isPause = plan.pauseSeconds !== null;
  const mayGo = !plan.refusal && isOpen(delivery);
  const parkIfClosed = delivery.park_if_closed === true;
  const policy = closedWindowPolicy(plan.ifWindowClosed, channel.options, { parkIfClosed });
  const unwanted = mayGo && !isPause ? await unwantedTemplates(sending) : null;
  const holdMs = mayGo ? Math.max(await waitBeforeNext(sending), unwanted?.holdMs ?? 0) : 0;
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
    // A pause needs no window, but stays between the replies it was written between.
    needsWindow: (index) =>
      isPause
        ? policy.kind === 'park' && chat.parked.length > 0
        : (plan.parts[index]?.needsWindow ?? true),
    unwanted: (index) => unwanted?.isUnwanted(index) ?? false,
    blocked:
      channel.blocked && !isPause
        ? {
            reason: channel.blocked.reason,
            lookAgainMs: Math.min(LONGEST_WAIT_WHILE_BLOCKED_MS, deps.probeIntervalMs),
          }
        : null,
    unknownOutcome: channel.options.unknown_outcome,
    // A pause is not given up for waiting: waiting is all it does.
    waitsUntil: isPause
      ? Number.POSITIVE_INFINITY
      : waitsUntil(agedAs(sending), channel.options.max_wait_minutes),
  });
}

/** A reply that takes the place of an older one of the same id waits from its own acceptance on. */
export const agedAs = ({ job, delivery }: Sending) => ({
  accepted_at: job.accepted_at,
  parts: delivery.state.parts,
});

const isOpen = (delivery: Delivery): boolean =>
  Object.values(delivery.parts).filter(({ status }) => isEnded(status)).length <
  delivery.part_count;

/** A pause is a part that is waited out and never leaves. */
async function sendOrPause(sending: Sending, index: number): Promise<void> {
  const { visit, plan, delivery } = sending;
  if (plan.pauseSeconds === null) return sendPart(sending, index);
  const now = visit.deps.now();
  const before = delivery.state.parts[index];
  const next = before?.retry_at
    ? partAs('accepted', now, {}, before)
    : partAs('waiting', now, { retry_at: now + plan.pauseSeconds * 1000 }, before);
  delivery.set(index, next);
}

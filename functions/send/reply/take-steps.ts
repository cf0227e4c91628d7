import type { Delivery } from '../../../shared/contract/delivery.ts';
import { lookAgainMs } from '../../../shared/rules/channel/look-again.ts';
import { silencedBy } from '../../../shared/rules/chat/pause.ts';
import { isEnded } from '../../../shared/rules/delivery/delivery-progress.ts';
import { nextStep, type Step, whenPutOff } from '../../../shared/rules/delivery/next-step.ts';
import { waitsUntil } from '../../../shared/rules/delivery/reply-age.ts';
import { optedOut } from '../../../shared/rules/opt-out/opted-out.ts';
import { closedWindowPolicy } from '../../../shared/rules/window/closed-window.ts';
import { isInPark, MOST_PARKED } from '../../../shared/rules/window/park.ts';
import type { JobEnd } from '../../chain/queue.ts';
import { partAs } from '../open-delivery.ts';
import { recordUnrecorded } from '../part/accept-part.ts';
import { hasTimeFor, sendPart } from '../part/send-part.ts';
import { stopParts } from '../part/stop-parts.ts';
import { waitBeforeNext } from '../part/wait-before-next.ts';
import type { Sending } from '../sending.ts';
import { keepReplySaid } from './keep-reply-said.ts';
import { noteMenu } from './note-menu.ts';
import { reportEnds } from './report-reply.ts';
import { unwantedTemplates } from './unwanted-templates.ts';

/** The window stands in the way, and the reply is not to be refused for it. */
export type Closed = Extract<Step, { kind: 'template' | 'park' }>;

/** Asks the rule what is next and does it, until the reply has ended, has to wait or meets the window. */
export async function takeSteps(sending: Sending): Promise<JobEnd | Closed> {
  for (;;) {
    const step = await stepOf(sending);
    if (step.kind === 'send' && hasTimeFor(sending, step.index)) {
      const tried = await sendOrPause(sending, step.index);
      if (tried !== 'tried' && (await sending.delivery.flush())) {
        const putOff = whenPutOff(
          {
            parts: sending.delivery.state.parts,
            unknownOutcome: sending.visit.channel.options.unknown_outcome,
            waitsUntil: lastsUntil(sending),
            now: sending.visit.deps.now(),
          },
          { index: step.index, ...tried },
        );
        if (putOff.kind === 'wait') return { waitMs: putOff.waitMs };
        stopParts(sending, putOff);
      }
    } else if (step.kind === 'stop') stopParts(sending, step);
    else if (!(await sending.delivery.flush())) continue;
    else if (step.kind === 'template' || step.kind === 'park') return step;
    else if (step.kind === 'wait') return { waitMs: step.waitMs };
    else if (step.kind === 'send') return { waitMs: 0 };
    else {
      await recordUnrecorded(sending);
      await noteMenu(sending);
      await keepReplySaid(sending);
      await reportEnds(sending);
      return 'done';
    }
  }
}

async function stepOf(sending: Sending): Promise<Step> {
  const { visit, job, plan } = sending;
  const { deps, channel, chat } = visit;
  const delivery = sending.delivery.state;
  const now = deps.now();
  const isPause = plan.pauseSeconds !== null;
  const mayGo = !plan.refusal && isOpen(delivery);
  const parkIfClosed = delivery.park_if_closed === true;
  const policy = closedWindowPolicy(plan.ifWindowClosed, channel.options, { parkIfClosed });
  const waitMs = mayGo ? await waitBeforeNext(sending) : 0;
  const unwanted =
    mayGo && !isPause ? await unwantedTemplates(sending, { mustWait: waitMs > 0 }) : null;
  const holdMs = Math.max(waitMs, unwanted?.holdMs ?? 0);
  return nextStep({
    parts: delivery.parts,
    partCount: delivery.part_count,
    holdMs,
    refusal: plan.refusal,
    circumstances: {
      channelActive: channel.active,
      silenced: job.automatic ? silencedBy(chat, now) : null,
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
            lookAgainMs: lookAgainMs(deps.probeIntervalMs, deps.chance()),
          }
        : null,
    unknownOutcome: channel.options.unknown_outcome,
    waitsUntil: lastsUntil(sending),
  });
}

/** `max_wait_minutes` does not count for a pause: a pause may not end before its own seconds are over. */
const lastsUntil = (sending: Sending): number =>
  sending.plan.pauseSeconds !== null
    ? Number.POSITIVE_INFINITY
    : waitsUntil(agedAs(sending), sending.visit.channel.options.max_wait_minutes);

/** A reply that takes the place of an older one of the same id waits from its own acceptance on. */
export const agedAs = ({ job, delivery }: Sending) => ({
  accepted_at: job.accepted_at,
  parts: delivery.state.parts,
});

const isOpen = (delivery: Delivery): boolean =>
  Object.values(delivery.parts).filter(({ status }) => isEnded(status)).length <
  delivery.part_count;

/** A pause is a part that is waited out and never leaves. */
async function sendOrPause(sending: Sending, index: number): Promise<'tried' | { waitMs: number }> {
  const { visit, plan, delivery } = sending;
  if (plan.pauseSeconds === null) return sendPart(sending, index);
  const now = visit.deps.now();
  const before = delivery.state.parts[index];
  const next = before?.retry_at
    ? partAs('accepted', now, {}, before)
    : partAs('waiting', now, { retry_at: now + plan.pauseSeconds * 1000 }, before);
  delivery.set(index, next);
  return 'tried';
}

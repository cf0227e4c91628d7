import type { Delivery, Part, RefusalCode } from '../../contract/delivery.ts';
import { isEnded } from './delivery-progress.ts';
import { type Circumstances, routeReply } from './route-reply.ts';
import { afterUnknownOutcome } from './unknown-outcome.ts';

/** What the sender does next with a reply, seen from its delivery. */
export type Step =
  | { kind: 'end' }
  | { kind: 'wait'; waitMs: number }
  | { kind: 'send'; index: number }
  /** The channel's fallback template goes in the place of this part and the ones after it. */
  | { kind: 'template'; index: number }
  /** This part waits until the visitor writes, and the ones after it. */
  | { kind: 'park'; index: number; asks: boolean }
  /** This part and the ones after it end here. */
  | {
      kind: 'stop';
      index: number;
      status: 'refused' | 'expired' | 'failed';
      code: string;
      reason: string;
    };

interface Situation {
  parts: Delivery['parts'];
  partCount: number;
  /** How long the next message must wait, for what was sent to this visitor before. */
  holdMs: number;
  /** Set when the reply may not go at all, whatever the circumstances. */
  refusal: { code: RefusalCode; reason: string } | null;
  circumstances: Omit<Circumstances, 'needsWindow' | 'unwanted'>;
  /** By part: templates need no window, and may be unwanted. */
  needsWindow: (index: number) => boolean;
  unwanted: (index: number) => boolean;
  /** Set while 360dialog refuses everything of this channel: what it says. */
  blocked: { reason: string; lookAgainMs: number } | null;
  unknownOutcome: 'resend' | 'report';
  /** When a reply that only waits is given up, epoch milliseconds. */
  waitsUntil: number;
}

/** Reads a delivery: the first part that has not ended decides. Pure, so a resume is a plain call. */
export function nextStep(situation: Situation): Step {
  const { parts, partCount, refusal, circumstances } = situation;
  const index = firstOpen(parts, partCount);
  if (index === null) return { kind: 'end' };

  const broken = brokenOff(parts, index);
  if (broken) return broken;
  const part = parts[index];
  const held = part && afterAttempt(situation, index, part);
  if (held) return held;
  if (refusal) return { kind: 'stop', index, status: 'refused', ...refusal };
  const [needsWindow, unwanted] = [situation.needsWindow(index), situation.unwanted(index)];
  const route = routeReply({ ...circumstances, needsWindow, unwanted });
  switch (route.kind) {
    case 'go':
      if (situation.blocked) return waitForChannel(situation, index, situation.blocked);
      return situation.holdMs > 0 ? waitOrExpire(situation, index) : { kind: 'send', index };
    case 'template':
    case 'park':
      return { ...route, index };
    default:
      return { kind: 'stop', index, status: route.kind, code: route.code, reason: route.reason };
  }
}

/** The channel's operator has to act first; until then the reply waits and the provider is not asked. */
function waitForChannel(
  { waitsUntil, circumstances: { now } }: Situation,
  index: number,
  { reason, lookAgainMs }: NonNullable<Situation['blocked']>,
): Step {
  const leftMs = waitsUntil - now;
  if (leftMs > 0) return { kind: 'wait', waitMs: Math.min(lookAgainMs, leftMs) };
  return { kind: 'stop', index, status: 'failed', code: 'channel-blocked', reason };
}

/** A reply expires when what was sent to the visitor before takes longer than it may wait. */
function waitOrExpire(
  { holdMs, waitsUntil, circumstances: { now } }: Situation,
  index: number,
): Step {
  if (now + holdMs <= waitsUntil) return { kind: 'wait', waitMs: holdMs };
  return stopExpired(index);
}

const stopExpired = (index: number) => {
  const reason = 'It waited longer than `max_wait_minutes` for its turn.';
  return { kind: 'stop', index, status: 'expired', code: 'expired', reason } as const;
};

const stopUnknown = (index: number) => {
  const reason = 'The provider may have accepted it, but no status ever said so.';
  return { kind: 'stop', index, status: 'failed', code: 'outcome-unknown', reason } as const;
};

const unknownOf = (part: Part, policy: Situation['unknownOutcome'], now: number) =>
  afterUnknownOutcome({ begunAt: part.at, unknowns: (part.unknowns ?? 0) + 1 }, policy, now);

/**
 * What becomes of a part that could not leave now, because its channel has no slot or its provider fails:
 * it waits for `waitMs`, unless it would then be older than it may be. One that may have left already is
 * waited for until a status of it can no longer be expected.
 */
export function whenPutOff(
  situation: Pick<Situation, 'parts' | 'unknownOutcome' | 'waitsUntil'> & { now: number },
  { index, waitMs }: { index: number; waitMs: number },
): Extract<Step, { kind: 'wait' | 'stop' }> {
  const { now, waitsUntil, parts, unknownOutcome } = situation;
  const part = parts[index];
  if (part?.status === 'sending') {
    const unknown = unknownOf(part, unknownOutcome, now);
    if (unknown.next === 'wait') return { kind: 'wait', waitMs: unknown.waitMs };
    if (unknown.next === 'report' || now + waitMs > waitsUntil) return stopUnknown(index);
    return { kind: 'wait', waitMs };
  }
  return now + waitMs > waitsUntil ? stopExpired(index) : { kind: 'wait', waitMs };
}

/** What an earlier attempt asks for; null: nothing stands in the way of the next one. */
function afterAttempt(situation: Situation, index: number, part: Part): Step | null {
  const { now } = situation.circumstances;
  if (part.status === 'parked') return null;
  if (part.status === 'waiting') {
    const { retry_at: retryAt } = part;
    if (retryAt === undefined) return null; // no time was set for it: it may go now
    if (retryAt > situation.waitsUntil) return stopAs('failed', index, part);
    return retryAt > now ? { kind: 'wait', waitMs: retryAt - now } : null;
  }
  const unknown = unknownOf(part, situation.unknownOutcome, now);
  if (unknown.next === 'wait') return { kind: 'wait', waitMs: unknown.waitMs };
  if (unknown.next === 'resend') return null;
  return stopUnknown(index);
}

/** Parts behind one that became no message do not go either: half a reply is of no use to the visitor. */
function brokenOff(parts: Delivery['parts'], index: number): Step | null {
  for (let earlier = 0; earlier < index; earlier++) {
    const part = parts[earlier];
    if (!part) continue;
    const { status, message_id } = part;
    if (status === 'refused' || status === 'expired') return stopAs(status, index, part);
    if (status === 'failed' && message_id === null) return stopAs(status, index, part);
  }
  return null;
}

const stopAs = (
  status: 'refused' | 'expired' | 'failed',
  index: number,
  { code, reason }: Part,
): Step => ({ kind: 'stop', index, status, code: code ?? '', reason: reason ?? '' });

/** The first part that has not ended; null: all have. */
export function firstOpen(parts: Delivery['parts'], partCount: number): number | null {
  for (let index = 0; index < partCount; index++) {
    const part = parts[index];
    if (!part || !isEnded(part.status)) return index;
  }
  return null;
}

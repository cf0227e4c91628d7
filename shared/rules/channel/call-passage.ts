import type { CallMarks, FarSide } from '../../contract/call-marks.ts';

/** Failures in a row after which calls are let through one at a time. */
export const FAILURES_TO_OPEN = 5;
/** How far apart these single calls are, in milliseconds. */
export const SINGLE_CALL_INTERVAL_MS = 10_000;
/** A call may take so long, in milliseconds, before it has to hold one of its channel's slots. */
export const GRACE_MS = 2_000;
/**
 * How long a job waits for an agent whose calls all fail, in milliseconds: about as long as an agent is
 * asked again that fails this job alone (shared/rules/agent-event/agent-retry.ts).
 */
const LONGEST_WAIT_FOR_AGENT_MS = 270_000;
/** How long a channel counts as slow after a slow call, in milliseconds. */
const SLOW_MS = 60_000;

export type Passage =
  /** The call may be made. `needsSlot`: it has to take a slot of the channel's first. */
  | { kind: 'call'; needsSlot: boolean }
  /** It may be made if this function is the first to claim it: everything failed lately. */
  | { kind: 'single' }
  /** A single call finds out whether the far side answers again: not before then. */
  | { kind: 'wait'; waitMs: number };

/** Whether a call to a far side may be made now, by what the channel's row says of earlier ones. */
export function callPassage(marks: CallMarks, side: FarSide, now: number): Passage {
  const singleCallAt = marks[`${side}_single_call_at`];
  if ((marks[`${side}_failures`] ?? 0) >= FAILURES_TO_OPEN && singleCallAt !== undefined) {
    return singleCallAt > now ? { kind: 'wait', waitMs: singleCallAt - now } : { kind: 'single' };
  }
  return { kind: 'call', needsSlot: (marks[`${side}_slow_until`] ?? 0) > now };
}

/**
 * Whether a job has waited for long enough for an agent that fails: both are that old, the failing and the
 * job. What the job waited for before, a slot or a `Retry-After`, does not count.
 */
export function isAgentGivenUp(marks: CallMarks, firstReceivedAt: number, now: number): boolean {
  const since = Math.max(marks.agent_failing_since ?? now, firstReceivedAt);
  return now - since > LONGEST_WAIT_FOR_AGENT_MS;
}

/**
 * Until when a channel whose call has just turned out to be slow is marked, epoch milliseconds; null: the
 * mark that stands there lasts for long enough, and another write is spared.
 */
export function slowUntil(marks: CallMarks, side: FarSide, now: number): number | null {
  return (marks[`${side}_slow_until`] ?? 0) - now > SLOW_MS / 2 ? null : now + SLOW_MS;
}

/** So many calls of one channel are under way at once at most: they are counted in one item, one by one. */
const MOST_SLOTS = 40;

/**
 * How many slots of a function one channel's slow calls may hold. All but one, so that the others are never
 * kept waiting by it, and at most 40; with a single slot there is none to keep free.
 */
export const slotsOfOneChannel = (slotsOfFunction: number): number =>
  Math.min(Math.max(slotsOfFunction - 1, 1), MOST_SLOTS);

/** The longest waits, in milliseconds: a slot is free within seconds, a far side that fails is not. */
const LONGEST_WAIT_MS = { slot: 10_000, farSide: 60_000 };
/** How long a job waits for a slot, in milliseconds, and how often it comes for that at least. */
const PATIENCE_MS = 60 * 60_000;
const PATIENT_RECEIVES = 100;

/**
 * How long a job waits that was sent back for want of a slot, in milliseconds: longer each time it comes
 * (`receives`, this one included), so that thousands of waiting jobs do not take the time of the function
 * that sends them back. `chance`, from 0 to 1, spreads those that were sent back together.
 */
export const waitForSlot = (receives: number, chance: number): number =>
  Math.round(Math.min(growing(receives), LONGEST_WAIT_MS.slot) * (1 + chance / 2));

/** The same where the far side fails: at least `atLeastMs`, and up to a minute. */
export const waitForFarSide = (atLeastMs: number, receives: number, chance: number): number =>
  Math.round(
    Math.max(atLeastMs, Math.min(growing(receives), LONGEST_WAIT_MS.farSide)) * (1 + chance / 2),
  );

const growing = (receives: number) => 1_000 * 2 ** Math.min(receives, 6);

/**
 * Whether a job stops waiting for a slot: SQS drops in silence what it has handed out a thousand times. One
 * that came an hour ago and seldom since has waited for other things than a slot.
 */
export const hasWaitedTooLong = (
  { receives, firstReceivedAt }: { receives: number; firstReceivedAt: number },
  now: number,
): boolean => receives >= PATIENT_RECEIVES && now - firstReceivedAt > PATIENCE_MS;

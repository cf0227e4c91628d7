/** How long the sender waits for a status of a message that may have left. */
const STATUS_WAIT_MS = 20_000;
/** Requests for one part whose outcome may be unknown: the second is the last. */
const MAX_UNKNOWN = 2;

/** `resend`: the part goes once more. `report`: it ends as `outcome-unknown`. */
export type UnknownOutcome = { next: 'wait'; waitMs: number } | { next: 'resend' | 'report' };

/**
 * What to do about a part that may or may not have been accepted. `begunAt`: when its last request
 * began, epoch milliseconds; `unknowns` counts it. The sender looks again after 1, 2, 4 … s, so that it
 * goes on soon after a status has come.
 */
export function afterUnknownOutcome(
  { begunAt, unknowns }: { begunAt: number; unknowns: number },
  policy: 'resend' | 'report',
  now: number,
): UnknownOutcome {
  const elapsed = Math.max(now - begunAt, 0);
  const left = STATUS_WAIT_MS - elapsed;
  if (left > 0) return { next: 'wait', waitMs: Math.min(Math.max(elapsed, 1_000), left) };
  return { next: policy === 'resend' && unknowns < MAX_UNKNOWN ? 'resend' : 'report' };
}

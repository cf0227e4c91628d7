/** The waits before the second, third … attempt (docs/contract.md#what-the-agent-answers). */
const WAITS_MS = [2_000, 5_000, 20_000, 60_000, 180_000];
/**
 * After a timeout the agent is asked once more, soon. There is no third try: each holds up the visitor's next
 * message for the whole of `agent.timeout_ms`.
 */
const TIMEOUT_WAIT_MS = 5_000;

/** Attempts at a turn, the first one included. */
export const MAX_AGENT_ATTEMPTS = WAITS_MS.length + 1;

/**
 * How long to wait before asking an agent again that could not be reached or said "later";
 * null: no more. `attempts` counts the ones made. A `Retry-After` of the agent's counts where it is longer.
 */
export function waitAfterUnavailable(attempts: number, retryAfterMs: number | null): number | null {
  const waitMs = WAITS_MS[attempts - 1];
  return waitMs === undefined ? null : Math.max(retryAfterMs ?? 0, waitMs);
}

/** The same after a timeout; `timeouts` counts this one. */
export function waitAfterTimeout(attempts: number, timeouts: number): number | null {
  return timeouts > 1 || attempts >= MAX_AGENT_ATTEMPTS ? null : TIMEOUT_WAIT_MS;
}

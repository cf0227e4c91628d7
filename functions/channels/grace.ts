import type { ChannelsDeps } from './deps.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Longer than the 7 days for which the provider repeats what it posted to the old address. */
export const WEBHOOK_GRACE_MS = 8 * 24 * HOUR_MS;
/** Time for an operator to carry a new key or secret to where the old one is used. */
export const SECRET_GRACE_MS = 24 * HOUR_MS;

/** Until when what a rotation replaces stays valid (epoch milliseconds); null: it ends at once. */
export function graceOf(
  deps: ChannelsDeps,
  graceMs: number,
  atOnce: boolean,
): { now: number; oldValidUntil: number | null } {
  const now = deps.now();
  return { now, oldValidUntil: atOnce ? null : now + graceMs };
}

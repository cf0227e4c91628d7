import { once } from 'node:events';
import type { ChatLine } from '../chat/chat-line.ts';
import type { Dialog360Double } from '../double.ts';

/** How long the phone must be quiet after a reply before the answer is taken as whole. */
const QUIET_MS = 300;
/** After a failure something else may be tried. */
const QUIET_AFTER_FAILURE_MS = 1_500;

/** Resolves when there are replies, each with its last status, and no more come; after `waitMs` at the latest. */
export async function untilQuiet(
  double: Dialog360Double,
  replies: () => ChatLine[],
  waitMs: number,
): Promise<void> {
  const last = double.statuses.tell.at(-1) ?? 'accepted';
  const told = (line: ChatLine) => line.statuses.some((name) => name === last || name === 'failed');
  const late = AbortSignal.any([double.stopped, AbortSignal.timeout(waitMs)]);
  while (!late.aborted) {
    const whole = replies().length > 0 && replies().every(told);
    const failed = replies().at(-1)?.statuses.includes('failed');
    const quietMs = failed ? QUIET_AFTER_FAILURE_MS : QUIET_MS;
    const quiet = AbortSignal.timeout(whole ? quietMs : waitMs);
    const changed = await once(double.changes, 'change', {
      signal: AbortSignal.any([late, quiet]),
    }).then(
      () => true,
      () => false,
    );
    if (whole && !changed) return;
  }
}

import { once } from 'node:events';
import type { ChatLine } from '../chat/chat-line.ts';
import type { Dialog360Double } from '../double.ts';

/** How long the phone must be quiet after a reply before the answer is taken as whole. */
const QUIET_MS = 300;
/** After a failure something else may be tried. */
const QUIET_AFTER_FAILURE_MS = 1_500;

const LOOK_AGAIN_MS = 20;

/**
 * Resolves when there are replies, each with its last status, and no more come; as soon as `isOver`; after `waitMs`
 * at the latest.
 */
export async function untilQuiet(
  double: Dialog360Double,
  replies: () => ChatLine[],
  { waitMs, isOver }: { waitMs: number; isOver: () => boolean },
): Promise<void> {
  const over = new AbortController();
  const look = setInterval(() => isOver() && over.abort(), LOOK_AGAIN_MS);
  const end = AbortSignal.any([double.stopped, over.signal, AbortSignal.timeout(waitMs)]);
  try {
    await untilWhole(double, replies, { waitMs, end });
  } finally {
    clearInterval(look);
  }
}

async function untilWhole(
  double: Dialog360Double,
  replies: () => ChatLine[],
  { waitMs, end }: { waitMs: number; end: AbortSignal },
): Promise<void> {
  const last = double.statuses.tell.at(-1) ?? 'accepted';
  const told = (line: ChatLine) => line.statuses.some((name) => name === last || name === 'failed');
  while (!end.aborted) {
    const whole = replies().length > 0 && replies().every(told);
    const failed = replies().at(-1)?.statuses.includes('failed');
    const quietMs = failed ? QUIET_AFTER_FAILURE_MS : QUIET_MS;
    const quiet = AbortSignal.timeout(whole ? quietMs : waitMs);
    const changed = await once(double.changes, 'change', {
      signal: AbortSignal.any([end, quiet]),
    }).then(
      () => true,
      () => false,
    );
    if (whole && !changed) return;
  }
}

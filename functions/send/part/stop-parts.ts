import { isEnded, rankOf } from '../../../shared/rules/delivery/delivery-progress.ts';
import type { Step } from '../../../shared/rules/delivery/next-step.ts';
import { partAs } from '../open-delivery.ts';
import type { OpenReply } from '../sending.ts';

/** How a reply ends, from one part on. */
export type Ending = Omit<Extract<Step, { kind: 'stop' }>, 'kind'>;

/** The parts behind one that cannot go do not go either: a visitor cannot use half a sentence. */
export function stopParts(
  { visit, delivery }: OpenReply,
  { index, status, code, reason }: Ending,
): void {
  const { parts, part_count: partCount } = delivery.state;
  for (let at = index; at < partCount; at++) {
    const before = parts[at];
    // One that is sent once more may have others behind it that have arrived.
    if (before && isEnded(before.status)) continue;
    const stopped = partAs(status, visit.deps.now(), { code, reason }, before);
    // An unknown outcome is our guess, so any status that comes later may replace it.
    const rank = code === 'outcome-unknown' ? rankOf('sending') : stopped.rank;
    delivery.set(at, { ...stopped, rank });
  }
}

import { isEnded, rankOf } from '../../shared/rules/delivery/delivery-progress.ts';
import type { Step } from '../../shared/rules/delivery/next-step.ts';
import type { SendDeps } from './deps.ts';
import { type Ledger, partAs } from './ledger.ts';

/** The parts behind one that cannot go do not go either: half a sentence helps nobody. */
export function stopParts(
  { now }: SendDeps,
  ledger: Ledger,
  { index, status, code, reason }: Omit<Extract<Step, { kind: 'stop' }>, 'kind'>,
): void {
  const { parts, part_count: partCount } = ledger.delivery;
  for (let at = index; at < partCount; at++) {
    const before = parts[at];
    // One that is sent once more may have others behind it that have arrived.
    if (before && isEnded(before.status)) continue;
    const stopped = partAs(status, now(), { code, reason }, before);
    // A guess: whatever a status says later is truer.
    const rank = code === 'outcome-unknown' ? rankOf('sending') : stopped.rank;
    ledger.set(at, { ...stopped, rank });
  }
}

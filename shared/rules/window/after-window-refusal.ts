import type { Part } from '../../contract/delivery.ts';

/** So soon after the visitor wrote WhatsApp is known to say "closed" falsely (docs/360dialog.md#early-and-late-errors). */
const SOON_MS = 60_000;

/**
 * What to make of WhatsApp's word that the window is closed (131047) for a message that left at
 * `leftAt`, while our record says it was open (PROTOCOLS 17). `doubt`: try once more as it is;
 * `refute`: our record was wrong, and the policy for a closed window decides; `final`: it decided
 * already. Times are epoch milliseconds.
 */
export function afterWindowRefusal(
  part: Pick<Part, 'window_doubted' | 'window_refuted'>,
  { lastInboundAt, leftAt }: { lastInboundAt: number | null; leftAt: number },
): 'doubt' | 'refute' | 'final' {
  const isSoon = lastInboundAt !== null && leftAt - lastInboundAt < SOON_MS;
  if (isSoon && !part.window_doubted) return 'doubt';
  return part.window_refuted ? 'final' : 'refute';
}

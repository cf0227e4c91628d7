import type { Delivery } from '../../contract/delivery.ts';

type Aged = Pick<Delivery, 'accepted_at' | 'parts'>;

/**
 * Since when a reply only waits, epoch milliseconds: since it was accepted, or, when it was parked, since
 * it was released. A part that is sent once more does not begin anew.
 */
export const waitsFrom = ({ accepted_at, parts }: Aged): number =>
  Math.max(accepted_at, ...Object.values(parts).map((part) => part.released_at ?? 0));

/** Until when a reply may go, epoch milliseconds: later the visitor takes it for an answer to something else. */
export const waitsUntil = (reply: Aged, maxWaitMinutes: number): number =>
  waitsFrom(reply) + maxWaitMinutes * 60_000;

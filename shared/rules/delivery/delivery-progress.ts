import type { PartStatus } from '../../contract/delivery.ts';

/**
 * How far a part has come. Statuses arrive in any order and only move it forward; `failed` is
 * terminal unless the message was delivered already (docs/360dialog.md#statuses).
 */
const RANKS: Record<PartStatus, number> = {
  waiting: 0,
  parked: -1,
  sending: 1,
  accepted: 2,
  sent: 3,
  delivered: 4,
  read: 5,
  played: 6,
  failed: 100,
  refused: 101,
  expired: 102,
};

/** How far a part in this state has come, as the table stores it. */
export const rankOf = (status: PartStatus): number => RANKS[status];

/** Ranks below this one give way to the status: the condition of the write that records it. */
export const rankThatYields = (status: PartStatus): number =>
  status === 'failed' ? RANKS.delivered : RANKS[status];

/** Whether a status is news to a part that has come this far. */
export const movesForward = (rank: number, status: PartStatus): boolean =>
  rank < rankThatYields(status);

/** Whether nothing more will be sent for a part in this state. */
export const isEnded = (status: PartStatus): boolean =>
  status !== 'waiting' && status !== 'sending' && status !== 'parked';

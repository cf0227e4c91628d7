import type { Seen } from './scenario.ts';

/** How a scenario went this time. */
export interface Replayed {
  /** The visitor who did it this time. */
  person: string;
  same: boolean;
  seen: Seen[];
  /** By their place in `seen`, counted from one; null: there was nothing. */
  differences: { at: number; wanted: Seen | null; came: Seen | null }[];
}

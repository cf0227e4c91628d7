import { randomUUID } from 'node:crypto';
import { giveBackCallSlot, takeCallSlot } from '../../shared/store/channel/call-slots.ts';
import type { Table } from '../../shared/store/table.ts';

/** Which invocation may ask providers about blocked channels: one at a time, with all probes of its batch. */
export interface ProbeTurns {
  /** Asks, or answers null: another invocation asks at this moment. */
  take<T>(ask: () => Promise<T>): Promise<{ said: T } | null>;
}

/** One for all channels: however many providers hang, they hold one slot of the function. */
const PLACE = { channelId: 'probes', pool: 'statuses' };
/** Longer than the probes of one batch take together; after a death others ask again after this long. */
const TURN_MS = 15_000;

export function openProbeTurns(
  table: Table,
  now: () => number,
  holder: string = randomUUID(),
): ProbeTurns {
  let turn: Promise<number | null> | null = null;
  let asking = 0;
  return {
    async take(ask) {
      turn ??= takeCallSlot(table, PLACE, {
        limit: 1,
        holder,
        until: now() + TURN_MS,
        now: now(),
        chance: () => 0,
      });
      const ours = turn;
      asking += 1;
      try {
        return (await ours) === null ? null : { said: await ask() };
      } finally {
        asking -= 1;
        if (asking === 0) {
          turn = null;
          const slot = await ours.catch(() => null);
          // Not given back, it is free when its time is over.
          if (slot !== null) await giveBackCallSlot(table, PLACE, { slot, holder }).catch(() => {});
        }
      }
    },
  };
}

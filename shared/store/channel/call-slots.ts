// Which calls of a channel hold a slot of a function: PROTOCOLS 22. One item for each channel and
// function; a slot that a dead function holds is free again when its time is over.
import { callSlotsKey, expiry } from '../keys.ts';
import { getItem, type Table, updateItem } from '../table.ts';

/** One channel's slots in one function. */
export interface SlotPlace {
  channelId: string;
  /** The function: each has slots of its own. */
  pool: string;
}

interface Held {
  /** Which call holds it. */
  holder: string;
  /** Epoch milliseconds: whatever holds it has ended by then. */
  until: number;
}

type SlotsItem = Record<`slot_${number}`, Held | undefined>;

/**
 * PROTOCOLS 22.3: takes one of `limit` slots for the call named `holder`, which ends before `until` (epoch
 * milliseconds). Null: all are held.
 */
export async function takeCallSlot(
  table: Table,
  place: SlotPlace,
  { limit, holder, until, now }: { limit: number; holder: string; until: number; now: number },
): Promise<number | null> {
  const key = callSlotsKey(place.channelId, place.pool);
  const seen = await getItem<SlotsItem>(table, key, { consistent: true });
  for (let slot = 0; slot < limit; slot++) {
    if ((seen?.[`slot_${slot}`]?.until ?? 0) > now) continue;
    const taken = await updateItem(table, key, {
      update: `SET #slot_${slot} = :held, #expires_at = :expires`,
      condition: `attribute_not_exists(#slot_${slot}) OR #slot_${slot}.#until <= :now`,
      values: {
        ':held': { holder, until } satisfies Held,
        ':now': now,
        ':expires': expiry(until, 1).expires_at,
      },
    });
    if (taken) return slot;
  }
  return null;
}

/** Whether one of `limit` slots is free. It may be taken before the caller takes it. */
export async function hasFreeCallSlot(
  table: Table,
  place: SlotPlace,
  { limit, now }: { limit: number; now: number },
): Promise<boolean> {
  const key = callSlotsKey(place.channelId, place.pool);
  const seen = await getItem<SlotsItem>(table, key, { consistent: true });
  return Array.from({ length: limit }, (_, slot) => seen?.[`slot_${slot}`]?.until ?? 0).some(
    (until) => until <= now,
  );
}

/** PROTOCOLS 22.4: the call is over. Gives nothing back that another call has taken meanwhile. */
export async function giveBackCallSlot(
  table: Table,
  place: SlotPlace,
  { slot, holder }: { slot: number; holder: string },
): Promise<void> {
  await updateItem(table, callSlotsKey(place.channelId, place.pool), {
    update: `REMOVE #slot_${slot}`,
    condition: `#slot_${slot}.#holder = :holder`,
    values: { ':holder': holder },
  });
}

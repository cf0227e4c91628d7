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

interface Lease {
  limit: number;
  /** The call, by a short name: the item is written with all its slots. */
  holder: string;
  /** Epoch milliseconds: the call has ended by then. */
  until: number;
  now: number;
  /** From 0 to 1: callers that come together try different slots. */
  chance: () => number;
}

/** After so many lost conditions what was read is too old to go by. */
const TRIES_FOR_ONE_READ = 2;
/** Then the slots go to others faster than this caller can read, and it waits. */
const MOST_READS = 10;

/** PROTOCOLS 22.3: takes one of `limit` slots for the call named `holder`. Null: all are held. */
export async function takeCallSlot(
  table: Table,
  place: SlotPlace,
  { limit, holder, until, now, chance }: Lease,
): Promise<number | null> {
  const key = callSlotsKey(place.channelId, place.pool);
  for (let read = 0; read < MOST_READS; read++) {
    const free = await freeSlots(table, place, { limit, now });
    if (free.length === 0) return null;
    for (let tried = 0; tried < TRIES_FOR_ONE_READ && free.length > 0; tried++) {
      const [slot] = free.splice(Math.floor(chance() * free.length) % free.length, 1);
      const taken = await updateItem(table, key, {
        update: `SET #slot_${slot} = :held, #expires_at = :expires`,
        condition: `attribute_not_exists(#slot_${slot}) OR #slot_${slot}.#until <= :now`,
        values: {
          ':held': { holder, until } satisfies Held,
          ':now': now,
          ':expires': expiry(until, 1).expires_at,
        },
      });
      if (taken) return slot ?? null;
    }
  }
  return null;
}

/** Whether one of `limit` slots is free. It may be taken before the caller takes it. */
export const hasFreeCallSlot = async (
  table: Table,
  place: SlotPlace,
  { limit, now }: { limit: number; now: number },
): Promise<boolean> => (await freeSlots(table, place, { limit, now })).length > 0;

async function freeSlots(
  table: Table,
  { channelId, pool }: SlotPlace,
  { limit, now }: { limit: number; now: number },
): Promise<number[]> {
  const key = callSlotsKey(channelId, pool);
  const seen = await getItem<SlotsItem>(table, key, { consistent: true });
  return Array.from({ length: limit }, (_, slot) => slot).filter(
    (slot) => (seen?.[`slot_${slot}`]?.until ?? 0) <= now,
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

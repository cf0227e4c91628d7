// When something last came for a channel: the channel's check ("doctor") and its line of status tell it.
import { log } from '../../kernel/log.ts';
import { lastSeenKey } from '../keys.ts';
import { deleteItem, getItem, type Table, updateItem } from '../table.ts';

/** When each kind of sign was last seen, epoch milliseconds; null: never. */
export interface LastSeen {
  /** A message of a visitor. */
  last_inbound_at: number | null;
  /** A message that came to Meta's own agent, of which we get a copy. */
  last_standby_at: number | null;
  /** A status of a message we sent. */
  last_status_at: number | null;
  /** A webhook that carried the secret header. */
  last_header_at: number | null;
  /** An answer of the agent with neither `replies` nor `dialog`. */
  last_odd_answer_at: number | null;
}

/** What the doctor and the status of one channel read. */
export async function readLastSeen(table: Table, channelId: string): Promise<LastSeen> {
  const seen = await getItem<Partial<LastSeen>>(table, lastSeenKey(channelId));
  return {
    last_inbound_at: seen?.last_inbound_at ?? null,
    last_standby_at: seen?.last_standby_at ?? null,
    last_status_at: seen?.last_status_at ?? null,
    last_header_at: seen?.last_header_at ?? null,
    last_odd_answer_at: seen?.last_odd_answer_at ?? null,
  };
}

/** PROTOCOLS 15.4: forgets what was seen of a deleted channel. Repeating it changes nothing. */
export const forgetLastSeen = (table: Table, channelId: string): Promise<boolean> =>
  deleteItem(table, lastSeenKey(channelId));

export interface LastSeenNotes {
  /** Notes what was seen, the main sign first, at `at` (epoch milliseconds). Never throws: no job may fail over it. */
  note(channelId: string, at: number, ...seen: (keyof LastSeen)[]): Promise<void>;
}

/** Each sign is written at most this often, so what the doctor says may be this much too old. */
const REST_MS = 5 * 60_000;
/** Far more channels than one function instance serves, but a bound. */
const MOST_KEPT = 1_000;

/** Notes each sign at most once in five minutes for each channel and function instance. */
export function openLastSeen(table: Table, now: () => number): LastSeenNotes {
  const restingUntil = new Map<string, number>();

  const isDue = (key: string): boolean => (restingUntil.get(key) ?? 0) <= now();
  const rest = (key: string) => {
    restingUntil.delete(key);
    restingUntil.set(key, now() + REST_MS);
    const [oldest] = restingUntil.keys();
    if (restingUntil.size > MOST_KEPT && oldest !== undefined) restingUntil.delete(oldest);
  };

  return {
    async note(channelId, at, ...seen) {
      if (!seen.some((sign) => isDue(`${channelId} ${sign}`))) return;
      for (const sign of seen) rest(`${channelId} ${sign}`);
      const update = `SET ${seen.map((sign) => `#${sign} = :at`).join(', ')}`;
      // A job may come an hour late: then a newer time stays.
      const condition = `attribute_not_exists(#${seen[0]}) OR #${seen[0]} < :at`;
      try {
        await updateItem(table, lastSeenKey(channelId), {
          update,
          condition,
          values: { ':at': at },
        });
      } catch (error) {
        log.warn('last-seen-not-written', { channel_id: channelId, error: String(error) });
      }
    },
  };
}

// Signs of life: when a channel was last heard of. Only the doctor reads them.
import { log } from '../../kernel/log.ts';
import { lastSeenKey } from '../keys.ts';
import { deleteItem, getItem, type Table, updateItem } from '../table.ts';

/** The last signs of life of a channel, epoch milliseconds; null: none was seen. */
export interface LastSeen {
  /** A message of a visitor. */
  last_inbound_at: number | null;
  /** A status of something we sent. */
  last_status_at: number | null;
  /** A webhook that carried the secret header. */
  last_header_at: number | null;
}

/** What the doctor reads: when this channel was last heard of. */
export async function readLastSeen(table: Table, channelId: string): Promise<LastSeen> {
  const seen = await getItem<Partial<LastSeen>>(table, lastSeenKey(channelId));
  return {
    last_inbound_at: seen?.last_inbound_at ?? null,
    last_status_at: seen?.last_status_at ?? null,
    last_header_at: seen?.last_header_at ?? null,
  };
}

/** Forgets a channel's signs of life. Repeating it changes nothing. */
export const forgetLastSeen = (table: Table, channelId: string): Promise<boolean> =>
  deleteItem(table, lastSeenKey(channelId));

export interface LastSeenNotes {
  /** What was seen, the chief thing first, and when (epoch milliseconds). Never throws: it is only news. */
  note(channelId: string, at: number, ...seen: (keyof LastSeen)[]): Promise<void>;
}

/** How much older than the truth what the doctor says may be: each sign is written this rarely. */
const REST_MS = 5 * 60_000;
/** Far more channels than one function serves; a bound all the same. */
const MOST_KEPT = 1_000;

/** Notes signs of life, each at most once in five minutes a channel and function instance. */
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
      // A job that was put off for an hour is no news of now.
      const condition = `attribute_not_exists(#${seen[0]}) OR #${seen[0]} < :at`;
      try {
        await updateItem(table, lastSeenKey(channelId), {
          update,
          condition,
          values: { ':at': at },
        });
      } catch {
        log.warn('last-seen-not-written', { channel_id: channelId });
      }
    },
  };
}

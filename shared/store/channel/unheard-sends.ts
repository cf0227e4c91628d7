// Since when a channel sends and hears nothing of it: what the sweep looks for (a "dark" webhook).
import { log } from '../../kernel/log.ts';
import { lastSeenKey } from '../keys.ts';
import { getItem, type Table, updateItem } from '../table.ts';

/** Notes that a message of the channel was taken by the provider. Never throws. */
export type NoteSend = (channelId: string) => Promise<void>;

/** Each instance of the sender writes at most this often for a channel; so do those that note statuses. */
const REST_MS = 5 * 60_000;
/** A status that came so lately may not be noted, because the one before it was. */
const COVERED_MS = REST_MS + 60_000;
/** Far more channels than one function instance serves, but a bound. */
const MOST_KEPT = 1_000;

/**
 * PROTOCOLS 33.1: writes when the first message went that no status has followed. Written only where none was
 * heard lately, and not again before one has come.
 */
export function openUnheardSends(table: Table, now: () => number): NoteSend {
  const restingUntil = new Map<string, number>();
  return async (channelId) => {
    const at = now();
    if ((restingUntil.get(channelId) ?? 0) > at) return;
    if (restingUntil.size >= MOST_KEPT) restingUntil.clear();
    restingUntil.set(channelId, at + REST_MS);
    try {
      await updateItem(table, lastSeenKey(channelId), {
        update: 'SET #unheard_since = :at',
        condition:
          '(attribute_not_exists(#last_status_at) OR #last_status_at < :covered) AND ' +
          '(attribute_not_exists(#unheard_since) OR #unheard_since < #last_status_at)',
        values: { ':at': at, ':covered': at - COVERED_MS },
      });
    } catch (error) {
      log.warn('send-not-noted', { channel_id: channelId, error: String(error) });
    }
  };
}

/** So long a message may go without any status: a phone that is off still brings `sent`. */
const DARK_MS = 30 * 60_000;

/** PROTOCOLS 33.2: since when, epoch milliseconds, the channel hears nothing of what it sends; null: it does. */
export async function darkSince(
  table: Table,
  channelId: string,
  now: number,
): Promise<number | null> {
  const seen = await getItem<{ unheard_since?: number; last_status_at?: number }>(
    table,
    lastSeenKey(channelId),
  );
  const since = seen?.unheard_since;
  if (since === undefined || now - since < DARK_MS) return null;
  return (seen?.last_status_at ?? 0) < since ? since : null;
}

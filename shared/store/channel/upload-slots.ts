// When the next file of a channel may be uploaded: PROTOCOLS 23.4. Only the sender writes it.
import { keepPace } from '../../rules/delivery/pair-limit.ts';
import { UPLOAD_LIMIT } from '../../rules/delivery/upload-limit.ts';
import { expiry, uploadsKey } from '../keys.ts';
import { getItem, type Table, updateItem } from '../table.ts';

/** How often a slot is tried for that others take at the same moment. */
const TRIES = 5;

/**
 * Takes the next slot for an upload. Returns 0, or after how many milliseconds there may be one.
 * `now` in epoch milliseconds.
 */
export async function takeUploadSlot(
  table: Table,
  channelId: string,
  now: number,
): Promise<number> {
  const key = uploadsKey(channelId);
  for (let tries = 0; tries < TRIES; tries++) {
    const item = await getItem<{ pace_at: number }>(table, key, { consistent: true });
    const next = keepPace(item?.pace_at ?? null, now, UPLOAD_LIMIT);
    if ('waitMs' in next) return next.waitMs;
    const taken = await updateItem(table, key, {
      update: 'SET #pace_at = :next, #expires_at = :expires_at',
      condition: item ? '#pace_at = :seen' : 'attribute_not_exists(#pk)',
      values: {
        ':next': next.paceAt,
        ':expires_at': expiry(now, 1).expires_at,
        ...(item && { ':seen': item.pace_at }),
      },
    });
    if (taken) return 0;
  }
  return UPLOAD_LIMIT.intervalMs;
}

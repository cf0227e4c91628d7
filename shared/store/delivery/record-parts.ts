import type { Delivery, Part } from '../../contract/delivery.ts';
import { rankOf } from '../../rules/delivery/delivery-progress.ts';
import { deliveryKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

/** New states of parts, by position. */
export type PartChanges = Record<number, Part>;

/**
 * PROTOCOLS 4.5: records several parts in one write. A part that is `sending`, or not there yet, may
 * become anything. False: a status has moved one of the parts further meanwhile, or there is no such
 * delivery; nothing was written.
 */
export async function recordParts(
  table: Table,
  { channel_id, reply_id }: Delivery,
  changes: PartChanges,
): Promise<boolean> {
  const indexes = Object.keys(changes);
  const ours = (index: string) =>
    `(attribute_not_exists(#parts.#p${index}) OR #parts.#p${index}.#rank <= :sending)`;
  const changed = await updateItem(table, deliveryKey(channel_id, reply_id), {
    update: `SET ${indexes.map((index) => `#parts.#p${index} = :p${index}`).join(', ')}`,
    condition: ['attribute_exists(#parts)', ...indexes.map(ours)].join(' AND '),
    names: Object.fromEntries(indexes.map((index) => [`#p${index}`, index])),
    values: {
      ':sending': rankOf('sending'),
      ...Object.fromEntries(indexes.map((index) => [`:p${index}`, changes[Number(index)]])),
    },
  });
  return changed !== null;
}

import type { Delivery, Part } from '../../contract/delivery.ts';
import { deliveryKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

/**
 * PROTOCOLS 28.2': the parts of a reply that was given up wait to be sent again. False: a status has moved
 * one of them meanwhile, or the delivery is gone; nothing was written.
 */
export async function reopenParts(
  table: Table,
  { channel_id, reply_id }: Pick<Delivery, 'channel_id' | 'reply_id'>,
  parts: Record<string, Part>,
): Promise<boolean> {
  const indexes = Object.keys(parts);
  const stillFailed = (index: string) =>
    `#parts.#p${index}.#status = :failed AND #parts.#p${index}.#message_id = :null`;
  const reopened = await updateItem(table, deliveryKey(channel_id, reply_id), {
    update: `SET ${indexes.map((index) => `#parts.#p${index} = :p${index}`).join(', ')}`,
    condition: indexes.map(stillFailed).join(' AND '),
    names: Object.fromEntries(indexes.map((index) => [`#p${index}`, index])),
    values: {
      ':failed': 'failed',
      ':null': null,
      ...Object.fromEntries(indexes.map((index) => [`:p${index}`, parts[index]])),
    },
  });
  return reopened !== null;
}

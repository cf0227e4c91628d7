import type { Delivery, Part } from '../../contract/delivery.ts';
import { roundOf } from '../../rules/delivery/callback-data.ts';
import { deliveryKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

/**
 * PROTOCOLS 11.2: a part that failed after it was accepted begins the round of `part`. False: it has
 * begun that round already, or it had not failed.
 */
export async function beginAgain(
  table: Table,
  { channel_id, reply_id }: Delivery,
  index: number,
  part: Part,
): Promise<boolean> {
  const before = roundOf(part) - 1;
  const isNext =
    before === 0 ? 'attribute_not_exists(#parts.#p.#round)' : '#parts.#p.#round = :before';
  const begun = await updateItem(table, deliveryKey(channel_id, reply_id), {
    update: 'SET #parts.#p = :part',
    condition: `#parts.#p.#status = :failed AND ${isNext}`,
    names: { '#p': String(index) },
    values: { ':part': part, ':failed': 'failed', ...(before > 0 && { ':before': before }) },
  });
  return begun !== null;
}

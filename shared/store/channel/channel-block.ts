// The mark on a channel of which 360dialog refuses every message: PROTOCOLS 16. It is part of the channel's
// row, which every function reads anyway. Writing it is no edit, so the row keeps its version.
import type { Channel, ChannelBlock } from '../../contract/channel.ts';
import { channelKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

/**
 * PROTOCOLS 16.2: marks the channel, and the sender sends nothing of it until the mark is gone. False: it
 * is marked already, or it is no longer what was refused: inactive, deleted, or with another key.
 */
export async function markBlocked(
  table: Table,
  { id, secret_version }: Pick<Channel, 'id' | 'secret_version'>,
  block: ChannelBlock,
): Promise<boolean> {
  const marked = await updateItem(table, channelKey(id), {
    update: 'SET #blocked = :block',
    condition: [
      '#active = :true AND attribute_not_exists(#deleted_at)',
      '#secret_version = :secret AND attribute_not_exists(#blocked)',
    ].join(' AND '),
    values: { ':block': block, ':true': true, ':secret': secret_version },
  });
  return marked !== null;
}

/** PROTOCOLS 16.4: removes the mark set at `since`. False: that mark is gone already. */
export async function liftBlock(table: Table, channelId: string, since: number): Promise<boolean> {
  const lifted = await updateItem(table, channelKey(channelId), {
    update: 'REMOVE #blocked',
    condition: '#blocked.#since = :since',
    values: { ':since': since },
  });
  return lifted !== null;
}

// The mark on a channel that 360dialog refuses everything of: PROTOCOLS 16. It stands in the channel's
// row, which everybody reads anyway, but it is no edit: the version stays.
import type { Channel, ChannelBlock } from '../../contract/channel.ts';
import { channelKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

/**
 * PROTOCOLS 16.2: nothing of this channel goes until the mark is gone. False: it stands there already,
 * or the channel is not what was refused: inactive, deleted, or with another key by now.
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

/** PROTOCOLS 16.4: it may send again. False: this mark (`since`) is gone already. */
export async function liftBlock(table: Table, channelId: string, since: number): Promise<boolean> {
  const lifted = await updateItem(table, channelKey(channelId), {
    update: 'REMOVE #blocked',
    condition: '#blocked.#since = :since',
    values: { ':since': since },
  });
  return lifted !== null;
}

import type { Chat } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';

/**
 * PROTOCOLS 17.2: notes WhatsApp's word that the visitor's last message, of `inboundAt` or before (epoch
 * milliseconds), does not keep the window open. False: the visitor has written since, or never wrote, or
 * the chat is erased; nothing was written.
 */
export async function refuteWindow(
  table: Table,
  { channel_id, id }: Pick<Chat, 'channel_id' | 'id'>,
  inboundAt: number,
): Promise<boolean> {
  const refuted = await updateItem(table, chatKey(channel_id, id), {
    update: 'SET #refuted_inbound_at = #last_inbound_at',
    condition: `${IF_EXISTS} AND #last_inbound_at <= :inbound_at`,
    values: { ':inbound_at': inboundAt },
  });
  return refuted !== null;
}

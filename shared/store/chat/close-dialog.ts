import type { Chat } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';

/** PROTOCOLS 3.4: closes the dialog, unless the visitor has written after `since`, epoch milliseconds. */
export async function closeDialog(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  since: number,
): Promise<void> {
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: 'SET #dialog = :closed',
    condition: `${IF_EXISTS} AND #dialog_at <= :since`,
    values: { ':closed': 'closed', ':since': since },
  });
}

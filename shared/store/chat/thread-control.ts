import type { Chat, ThreadControl } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';
import { type StoredChat, whole } from './stored-chat.ts';

/**
 * PROTOCOLS 25.2: notes who has the conversation, unless another word about it, or a message, was noted
 * since `chat` was read. Null: that was so, or the chat was erased.
 */
export async function noteControl(
  table: Table,
  { channel_id, id, control, last_inbound_at: lastInboundAt }: Chat,
  next: ThreadControl,
): Promise<Chat | null> {
  const sameControl = control
    ? '#control.#holder = :was_holder AND #control.#at = :was_at'
    : 'attribute_not_exists(#control)';
  const sameInbound =
    lastInboundAt === null
      ? 'attribute_not_exists(#last_inbound_at)'
      : '#last_inbound_at = :last_inbound_at';
  const row = await updateItem<StoredChat>(table, chatKey(channel_id, id), {
    update: 'SET #control = :next',
    condition: `${IF_EXISTS} AND ${sameControl} AND ${sameInbound}`,
    values: {
      ':next': next,
      ...(control && { ':was_holder': control.holder, ':was_at': control.at }),
      ...(lastInboundAt !== null && { ':last_inbound_at': lastInboundAt }),
    },
  });
  return row && whole(row);
}

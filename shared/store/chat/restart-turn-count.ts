import type { Chat } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';

/** PROTOCOLS 30.2: this is the first message of a new count, unless another one has begun it. `now` in ms. */
export async function restartTurnCount(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id' | 'turns_since'>,
  now: number,
): Promise<void> {
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: 'SET #turns_counted = :one, #turns_since = :now',
    condition: `${IF_EXISTS} AND #turns_since = :since`,
    values: { ':one': 1, ':now': now, ':since': chat.turns_since },
  });
}

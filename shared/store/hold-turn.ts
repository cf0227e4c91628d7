// A message that waits for those that follow it is kept in its turn: PROTOCOLS 32.
import type { Chat } from '../contract/chat.ts';
import type { MessageJob } from '../contract/jobs.ts';
import type { Turn } from '../contract/turn.ts';
import { IF_EXISTS } from './chat/chat-conditions.ts';
import { chatKey, expiry, TURN_DAYS, turnKey } from './keys.ts';
import { type Table, updateItem } from './table.ts';
import { findTurn, type StoredTurn, wholeTurn } from './turns.ts';

interface TurnId {
  channelId: string;
  eventId: string;
}

/** PROTOCOLS 32.1: as the claim of a turn, but that the agent is not asked yet: the message is kept. */
export async function holdTurn(
  table: Table,
  { channelId, eventId }: TurnId,
  job: MessageJob,
  now: number,
): Promise<Turn> {
  const turn = await updateItem<StoredTurn>(table, turnKey(channelId, eventId), {
    update: `SET #channel_id = :channel, #event_id = :event, #begun_at = if_not_exists(#begun_at, :now),
      #attempts = if_not_exists(#attempts, :none), #expires_at = if_not_exists(#expires_at, :expires),
      #held = :held`,
    condition: 'attribute_not_exists(#outcome)',
    values: {
      ':channel': channelId,
      ':event': eventId,
      ':now': now,
      ':none': 0,
      ':expires': expiry(now, TURN_DAYS).expires_at,
      // As JSON: what a stranger sent may hold numbers or depths that DynamoDB refuses.
      ':held': JSON.stringify(job),
    },
  });
  if (turn) return wholeTurn(turn);
  const ended = await findTurn(table, { channelId, eventId }, { consistent: true });
  return ended ?? holdTurn(table, { channelId, eventId }, job, now); // it expired in between
}

/** PROTOCOLS 32.5: which turns this one answers too; the first list counts. */
export async function sealTurn(
  table: Table,
  { channelId, eventId }: TurnId,
  merges: string[],
): Promise<string[]> {
  const turn = await updateItem<StoredTurn>(table, turnKey(channelId, eventId), {
    update: 'SET #merges = if_not_exists(#merges, :merges)',
    condition: 'attribute_exists(#pk)',
    values: { ':merges': merges },
  });
  return turn?.merges ?? merges;
}

/** PROTOCOLS 32.9: these turns wait no longer in the chat. */
export async function leaveBurst(
  table: Table,
  { channel_id, id }: Pick<Chat, 'channel_id' | 'id'>,
  eventIds: string[],
): Promise<void> {
  await updateItem(table, chatKey(channel_id, id), {
    update: 'DELETE #burst :ids',
    condition: IF_EXISTS,
    values: { ':ids': new Set(eventIds) },
  });
}

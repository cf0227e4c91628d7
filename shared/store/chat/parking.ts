// The replies that wait in a chat for its window to open: PROTOCOLS 18. Only the sender parks and
// releases, and one chat has one sender at a time; the worker writes the same row when the visitor writes.
import type { Chat, ParkedReply } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';
import { type StoredChat, whole } from './stored-chat.ts';

type Parking = Pick<
  Chat,
  'channel_id' | 'id' | 'parked' | 'last_inbound_at' | 'refuted_inbound_at'
>;

/**
 * PROTOCOLS 18.3: replaces the park by `parked`. False: `chat` is no longer what the row says (the visitor
 * has written, say, or the chat is erased), and nothing was written.
 */
export async function park(table: Table, chat: Parking, parked: ParkedReply[]): Promise<boolean> {
  const wrote = stillSays('last_inbound_at', chat.last_inbound_at);
  const refuted = stillSays('refuted_inbound_at', chat.refuted_inbound_at);
  return (await replacePark(table, chat, parked, [wrote, refuted])) !== null;
}

/**
 * PROTOCOLS 18, release 4: the same when a reply leaves the park, which a new message of the visitor does
 * not hinder. Returns the chat as it is then; null: the park is no longer what was read, or the chat is
 * erased, and nothing was written.
 */
export const leavePark = (
  table: Table,
  chat: Parking,
  parked: ParkedReply[],
): Promise<Chat | null> => replacePark(table, chat, parked, []);

interface Unchanged {
  condition: string;
  values: Record<string, unknown>;
}

async function replacePark(
  table: Table,
  chat: Parking,
  parked: ParkedReply[],
  unchanged: Unchanged[],
): Promise<Chat | null> {
  const all = [...unchanged, stillHolds(chat.parked)];
  const isEmpty = parked.length === 0;
  const row = await updateItem<StoredChat>(table, chatKey(chat.channel_id, chat.id), {
    update: isEmpty ? 'REMOVE #parked' : 'SET #parked = :parked',
    condition: [IF_EXISTS, ...all.map(({ condition }) => condition)].join(' AND '),
    values: {
      ...Object.assign({}, ...all.map(({ values }) => values)),
      ...(!isEmpty && { ':parked': parked }),
    },
  });
  return row && whole(row);
}

function stillSays(name: string, value: number | null): Unchanged {
  return value === null
    ? { condition: `attribute_not_exists(#${name})`, values: {} }
    : { condition: `#${name} = :${name}`, values: { [`:${name}`]: value } };
}

/** Place by place: stores that only speak DynamoDB's protocol do not compare lists by content, as AWS does. */
function stillHolds(parked: ParkedReply[]): Unchanged {
  if (parked.length === 0) return { condition: 'attribute_not_exists(#parked)', values: {} };
  const places = parked.map(
    (_, at) => `#parked[${at}].#reply_id = :reply${at} AND #parked[${at}].#until = :until${at}`,
  );
  return {
    condition: ['size(#parked) = :size', ...places].join(' AND '),
    values: Object.assign(
      { ':size': parked.length },
      ...parked.map(({ reply_id, until }, at) => ({
        [`:reply${at}`]: reply_id,
        [`:until${at}`]: until,
      })),
    ),
  };
}

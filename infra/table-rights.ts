import * as keys from '../shared/store/keys.ts';
import type { FunctionName } from './functions.ts';

/** What a function may do with an item, in DynamoDB's words; `Query` lists the index. */
export type TableAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query';
export type TableRights = Partial<Record<TableAction, readonly string[]>>;

/** All partitions of one kind, as the patterns of IAM have it: `CHAT#*`. */
const all = ({ pk }: { pk: string }): string => `${pk.split('#')[0]}#*`;

const ACCEPTED = all(keys.acceptedKey('', ''));
const ALIAS = all(keys.aliasKey('', 'phone', ''));
const CHANNEL = all(keys.channelKey(''));
const CHAT = all(keys.chatKey('', ''));
const DEAD = all(keys.deadLetterKey('', 0, ''));
const DELIVERY = all(keys.deliveryKey('', ''));
const DUE = all(keys.dueKey(''));
const FORMER_ID = all(keys.formerIdKey('', ''));
const MEDIA = all(keys.mediaMissesKey(''));
const MESSAGE = all(keys.sentMessageKey('', ''));
const SLOTS = all(keys.callSlotsKey('', ''));
const TOKEN = all(keys.tokenClaimKey(''));
const TURN = all(keys.turnKey('', ''));
const TURNS = all(keys.olderTurnsKey('', '', ''));
const UPLOADS = all(keys.uploadsKey(''));
const CHANNEL_LIST = keys.channelListKey('', '').gsi_pk;
const DUE_LISTS = all({ pk: keys.dueListKey(0, 0, '').gsi_pk });

/**
 * Which partitions each function reads and writes. The stack grants nothing else, and the local runtime
 * refuses what is not here. Only `channels`, which wants an AWS signature, makes and removes a channel's row;
 * those that call agents and 360dialog mark in it what they meet; `requests`, which everyone may call, reads it.
 */
export const TABLE_RIGHTS: Record<FunctionName, TableRights> = {
  webhook: { GetItem: [CHANNEL] },
  worker: {
    GetItem: [ALIAS, CHANNEL, CHAT, DELIVERY, MESSAGE, SLOTS, TURN],
    PutItem: [ALIAS, DEAD, FORMER_ID, TURNS],
    UpdateItem: [ALIAS, CHANNEL, CHAT, MESSAGE, SLOTS, TURN],
    DeleteItem: [ALIAS, DEAD, FORMER_ID],
  },
  news: {
    GetItem: [CHANNEL, CHAT, DELIVERY, SLOTS, TURN],
    PutItem: [DEAD, DUE],
    UpdateItem: [CHANNEL, CHAT, DELIVERY, MESSAGE, SLOTS, TURN],
  },
  send: {
    GetItem: [ALIAS, CHANNEL, CHAT, DELIVERY, SLOTS, TURN, UPLOADS],
    PutItem: [ALIAS, DEAD, DELIVERY, DUE],
    UpdateItem: [CHANNEL, CHAT, DELIVERY, MESSAGE, SLOTS, UPLOADS],
    DeleteItem: [ALIAS],
  },
  requests: {
    GetItem: [ACCEPTED, ALIAS, CHANNEL, CHAT, DELIVERY, FORMER_ID, TURN, TURNS],
    PutItem: [ACCEPTED, ALIAS, DELIVERY, DUE, FORMER_ID, TURN, TURNS],
    UpdateItem: [ALIAS, CHAT, DELIVERY, TURN],
    DeleteItem: [ALIAS, DEAD, FORMER_ID, MESSAGE, TURNS],
  },
  media: { GetItem: [CHANNEL, MEDIA], UpdateItem: [MEDIA] },
  channels: {
    GetItem: [CHANNEL, TOKEN],
    PutItem: [CHANNEL, TOKEN],
    DeleteItem: [CHANNEL, TOKEN],
    Query: [CHANNEL_LIST],
  },
  sweep: { DeleteItem: [DUE], Query: [DUE_LISTS] },
};

/** Whether a pattern of `TABLE_RIGHTS` means this partition. */
const means = (pattern: string, partition: string): boolean =>
  pattern.endsWith('*') ? partition.startsWith(pattern.slice(0, -1)) : partition === pattern;

/** Whether a function may do this with the items of this partition, or of this list of the index. */
export const mayTouch = (rights: TableRights, action: string, partition: string): boolean =>
  (rights[action as TableAction] ?? []).some((pattern) => means(pattern, partition));

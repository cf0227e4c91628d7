import * as keys from '../shared/store/keys.ts';
import type { FunctionName } from './functions.ts';

/** What a function may do with items, in DynamoDB's words; `Query` is of the table, and `List` of its index. */
export type TableRight =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'Query'
  | 'List'
  | 'Scan';
export type TableRights = Partial<Record<TableRight, readonly string[]>>;

/** All partitions of one kind, as the patterns of IAM have it: `CHAT#*`. */
const all = ({ pk }: { pk: string }): string => `${pk.split('#')[0]}#*`;

const ACCEPTED = all(keys.acceptedKey('', ''));
const ALIAS = all(keys.aliasKey('', 'phone', ''));
const CHANNEL = all(keys.channelKey(''));
const CHAT = all(keys.chatKey('', ''));
const DEAD = all(keys.deadLetterKey('', 0, ''));
const DELIVERY = all(keys.deliveryKey('', ''));
const DUE = all(keys.dueKey(''));
const FAILING_JOB = all(keys.failingJobKey('', ''));
const FORMER_ID = all(keys.formerIdKey('', ''));
const HISTORY = all(keys.historyKey('', '', 0, ''));
const MEDIA = all(keys.mediaMissesKey(''));
const MESSAGE = all(keys.sentMessageKey('', ''));
const SLOTS = all(keys.callSlotsKey('', ''));
const TOKEN = all(keys.tokenClaimKey(''));
const TURN = all(keys.turnKey('', ''));
const TURNS = all(keys.olderTurnsKey('', '', ''));
const UPLOADS = all(keys.uploadsKey(''));
const CHANNEL_LIST = keys.channelListKey('', '').gsi_pk;
const DUE_LISTS = all({ pk: keys.dueListKey({ kind: 'probe', shard: 0 }, 0, '').gsi_pk });
/** What the sweep erases of a deleted channel. */
const OF_CHANNELS = [
  ...[ACCEPTED, ALIAS, CHANNEL, CHAT, DEAD, DELIVERY, FORMER_ID, HISTORY, MEDIA],
  ...[MESSAGE, SLOTS, TURN, TURNS, UPLOADS],
];
/** A scan names no partition. */
const EVERY = '*';

/**
 * Which partitions each function reads and writes. The stack grants nothing else, and the local runtime
 * refuses what is not here. Only `channels`, which wants an AWS signature, makes a channel's row;
 * those that call agents and 360dialog mark in it what they meet; `requests`, which everyone may call, reads it.
 */
export const TABLE_RIGHTS: Record<FunctionName, TableRights> = {
  webhook: { GetItem: [CHANNEL] },
  worker: {
    GetItem: [ALIAS, CHANNEL, CHAT, DELIVERY, FORMER_ID, MEDIA, MESSAGE, SLOTS, TURN],
    PutItem: [ALIAS, DEAD, FORMER_ID, HISTORY, TURNS],
    UpdateItem: [
      ...[ALIAS, CHANNEL, CHAT, FAILING_JOB, FORMER_ID],
      ...[HISTORY, MEDIA, MESSAGE, SLOTS, TURN],
    ],
    DeleteItem: [ALIAS, DEAD, FORMER_ID, HISTORY],
    Query: [HISTORY],
  },
  statuses: {
    GetItem: [CHANNEL, CHAT, DELIVERY, SLOTS, TURN],
    PutItem: [DEAD, DUE],
    UpdateItem: [CHANNEL, CHAT, DELIVERY, FAILING_JOB, HISTORY, MESSAGE, SLOTS],
    DeleteItem: [DUE],
  },
  news: {
    GetItem: [ALIAS, CHANNEL, CHAT, DELIVERY, FORMER_ID, MESSAGE, SLOTS, TURN],
    PutItem: [DEAD],
    UpdateItem: [CHANNEL, DELIVERY, FAILING_JOB, SLOTS, TURN],
  },
  send: {
    GetItem: [ALIAS, CHANNEL, CHAT, DELIVERY, SLOTS, TURN, UPLOADS],
    PutItem: [ALIAS, DEAD, DELIVERY, DUE, HISTORY],
    UpdateItem: [ALIAS, CHANNEL, CHAT, DELIVERY, FAILING_JOB, FORMER_ID, MESSAGE, SLOTS, UPLOADS],
    DeleteItem: [ALIAS, DUE, HISTORY],
  },
  requests: {
    GetItem: [ACCEPTED, ALIAS, CHANNEL, CHAT, DELIVERY, FORMER_ID, TURN, TURNS],
    PutItem: [ACCEPTED, ALIAS, DELIVERY, DUE, TURN, TURNS],
    UpdateItem: [ALIAS, CHAT, DELIVERY, FORMER_ID, TURN],
    DeleteItem: [ALIAS, DEAD, FORMER_ID, HISTORY, MESSAGE, TURNS],
    Query: [DEAD, HISTORY],
  },
  media: { GetItem: [CHANNEL, MEDIA], UpdateItem: [MEDIA] },
  channels: {
    GetItem: [ALIAS, CHANNEL, CHAT, DEAD, DELIVERY, DUE, FORMER_ID, MESSAGE, TOKEN, TURN, TURNS],
    PutItem: [CHANNEL, DUE, TOKEN],
    UpdateItem: [CHAT, DEAD, DELIVERY, TURN],
    DeleteItem: [ALIAS, CHANNEL, DEAD, FORMER_ID, HISTORY, MESSAGE, TOKEN, TURNS],
    Query: [DEAD, HISTORY],
    List: [CHANNEL_LIST],
  },
  sweep: {
    GetItem: [CHANNEL],
    PutItem: [DUE],
    DeleteItem: [DUE, ...OF_CHANNELS],
    List: [CHANNEL_LIST, DUE_LISTS],
    Scan: [EVERY],
  },
};

/** Whether a pattern of `TABLE_RIGHTS` means this partition. */
const means = (pattern: string, partition: string): boolean =>
  pattern.endsWith('*') ? partition.startsWith(pattern.slice(0, -1)) : partition === pattern;

/** Whether a function may do this with the items of this partition, or of this list of the index. */
export const mayTouch = (rights: TableRights, right: string, partition: string): boolean =>
  (rights[right as TableRight] ?? []).some((pattern) => means(pattern, partition));

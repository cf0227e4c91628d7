// The store keeps everything the product remembers, in one DynamoDB table. No other room may import the
// client of DynamoDB. PROTOCOLS.md lists the writes of each protocol in their order.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Failure } from '../kernel/failure.ts';
import { isAway } from '../kernel/is-away.ts';
import { type Key, LIST_INDEX } from './keys.ts';

export interface Table {
  client: DynamoDBDocumentClient;
  name: string;
}

/** Opens the table. A call that hangs is ended after 3 s and tried twice more. */
export function openTable(name: string): Table {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    // Without `throwOnRequestTimeout` the client only warns of a late response and goes on waiting for it.
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
    },
  });
  const marshallOptions = { removeUndefinedValues: true };
  return { name, client: DynamoDBDocumentClient.from(client, { marshallOptions }) };
}

/** Expressions write each attribute with a `#` before it, so its name may be a word that DynamoDB reserves. */
export interface ItemUpdate {
  update: string;
  condition?: string;
  values?: Record<string, unknown>;
  /** What placeholders made at run time stand for; every other `#name` stands for the attribute `name`. */
  names?: Record<string, string>;
}

/** Reads one item; null when it is not there. `consistent` costs double and sees every write. */
export async function getItem<T>(
  table: Table,
  key: Key,
  { consistent = false } = {},
): Promise<T | null> {
  const { Item } = await reached(() =>
    table.client.send(
      new GetCommand({ TableName: table.name, Key: key, ConsistentRead: consistent }),
    ),
  );
  return (Item as T | undefined) ?? null;
}

/** Writes a whole item. False: the condition did not hold and nothing was written. */
export async function putItem(
  table: Table,
  item: Key & Record<string, unknown>,
  { condition, values }: Pick<ItemUpdate, 'condition' | 'values'> = {},
): Promise<boolean> {
  const put = new PutCommand({
    TableName: table.name,
    Item: item,
    ...(condition && {
      ConditionExpression: condition,
      ...namesIn(condition),
      ...(values && { ExpressionAttributeValues: values }),
    }),
  });
  return (await held(() => table.client.send(put))) !== null;
}

/**
 * Changes one item, or makes it. Returns it as it is now, or as it was before (`returns: 'ALL_OLD'`);
 * null: the condition did not hold and nothing was written.
 */
export async function updateItem<T>(
  table: Table,
  key: Key,
  { update, condition, values, names }: ItemUpdate,
  { returns = 'ALL_NEW' }: { returns?: 'ALL_NEW' | 'ALL_OLD' } = {},
): Promise<T | null> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: key,
    UpdateExpression: update,
    ...(condition && { ConditionExpression: condition }),
    ...namesIn(`${update} ${condition ?? ''}`, names),
    ...(values && { ExpressionAttributeValues: values }),
    ReturnValues: returns,
  });
  const answer = await held(() => table.client.send(command));
  return answer && ((answer.Attributes ?? {}) as T);
}

/** Removes one item. False: the condition did not hold and it is still there. */
export async function deleteItem(
  table: Table,
  key: Key,
  { condition, values }: Pick<ItemUpdate, 'condition' | 'values'> = {},
): Promise<boolean> {
  const command = new DeleteCommand({
    TableName: table.name,
    Key: key,
    ...(condition && {
      ConditionExpression: condition,
      ...namesIn(condition),
      ...(values && { ExpressionAttributeValues: values }),
    }),
  });
  return (await held(() => table.client.send(command))) !== null;
}

/** A page of one list in the index, in order, and where the next page begins; `before`: only lower sort keys. */
export async function queryList<T>(
  table: Table,
  gsiPk: string,
  {
    limit,
    after,
    before,
  }: { limit: number; after?: Record<string, unknown> | undefined; before?: string },
): Promise<{ items: T[]; after: Record<string, unknown> | null }> {
  const condition = `#gsi_pk = :list${before ? ' AND #gsi_sk < :before' : ''}`;
  const query = new QueryCommand({
    TableName: table.name,
    IndexName: LIST_INDEX,
    KeyConditionExpression: condition,
    ...namesIn(condition),
    ExpressionAttributeValues: { ':list': gsiPk, ...(before && { ':before': before }) },
    Limit: limit,
    ...(after && { ExclusiveStartKey: after }),
  });
  const { Items, LastEvaluatedKey } = await reached(() => table.client.send(query));
  return { items: (Items ?? []) as T[], after: LastEvaluatedKey ?? null };
}

/**
 * A page of one partition, in order, of which a `filter` leaves a part, and where the next page begins. `only`:
 * of each item no more than these attributes, written with a `#`.
 */
export async function queryPartition<T>(
  table: Table,
  pk: string,
  { after, filter, values, limit, only }: PartitionPage,
): Promise<{ items: T[]; after: Key | null }> {
  const condition = '#pk = :pk';
  const query = new QueryCommand({
    TableName: table.name,
    KeyConditionExpression: condition,
    ...(filter && { FilterExpression: filter }),
    ...(limit !== undefined && { Limit: limit }),
    ...(only && { ProjectionExpression: only }),
    ...namesIn(`${condition} ${filter ?? ''} ${only ?? ''}`),
    ExpressionAttributeValues: { ':pk': pk, ...values },
    ConsistentRead: true,
    ...(after && { ExclusiveStartKey: after }),
  });
  const { Items, LastEvaluatedKey } = await reached(() => table.client.send(query));
  return { items: (Items ?? []) as T[], after: (LastEvaluatedKey as Key | undefined) ?? null };
}

/** A page of one partition, the newest (the highest sort key) first, read consistently, and where the next begins. */
export async function queryNewest<T>(
  table: Table,
  pk: string,
  { limit, after }: { limit: number; after?: Key | undefined },
): Promise<{ items: T[]; after: Key | null }> {
  const condition = '#pk = :pk';
  const query = new QueryCommand({
    TableName: table.name,
    KeyConditionExpression: condition,
    ...namesIn(condition),
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
    ScanIndexForward: false,
    Limit: limit,
    ...(after && { ExclusiveStartKey: after }),
  });
  const { Items, LastEvaluatedKey } = await reached(() => table.client.send(query));
  return { items: (Items ?? []) as T[], after: (LastEvaluatedKey as Key | undefined) ?? null };
}

interface PartitionPage extends Pick<ItemUpdate, 'values'> {
  after?: Key;
  filter?: string;
  limit?: number;
  only?: string;
}

/** The keys of a page of the whole table, in no order that means anything, and where the next one begins. */
export async function scanKeys(
  table: Table,
  { limit, after }: { limit: number; after?: Key | undefined },
): Promise<{ keys: Key[]; after: Key | null }> {
  const scan = new ScanCommand({
    TableName: table.name,
    ProjectionExpression: '#pk, #sk',
    ...namesIn('#pk #sk'),
    Limit: limit,
    ...(after && { ExclusiveStartKey: after }),
  });
  const { Items, LastEvaluatedKey } = await reached(() => table.client.send(scan));
  return { keys: (Items ?? []) as Key[], after: (LastEvaluatedKey as Key | undefined) ?? null };
}

function namesIn(expression: string, given: Record<string, string> = {}) {
  const found = [...expression.matchAll(/#(\w+)/g)].map(([placeholder, name]) => [
    placeholder,
    given[placeholder] ?? name,
  ]);
  if (found.length === 0) return {}; // DynamoDB refuses an empty map
  return { ExpressionAttributeNames: Object.fromEntries(found) as Record<string, string> };
}

/** Null: the condition did not hold, which callers expect and decide on. */
async function held<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (nameOf(error) === 'ConditionalCheckFailedException') return null;
    throw unavailableOr(error);
  }
}

async function reached<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw unavailableOr(error);
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

/** A request that DynamoDB refuses, or that cannot be written down, is a fault of ours: it stays as it is. */
const unavailableOr = (error: unknown): unknown =>
  isAway(error)
    ? new Failure('unavailable', { what: 'table', error: nameOf(error) }, error)
    : error;

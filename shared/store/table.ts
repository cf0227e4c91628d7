// The store: everything the product remembers, in one DynamoDB table. The only room that knows its
// client. The writes of each protocol, in order, stand in PROTOCOLS.md.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Failure } from '../kernel/failure.ts';
import { type Key, LIST_INDEX } from './keys.ts';

export interface Table {
  client: DynamoDBDocumentClient;
  name: string;
}

/** Opens the table. A call that hangs is given up after 3 s and tried again twice. */
export function openTable(name: string): Table {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    // By itself the client only warns of a late answer, and goes on waiting for it.
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
    },
  });
  const marshallOptions = { removeUndefinedValues: true };
  return { name, client: DynamoDBDocumentClient.from(client, { marshallOptions }) };
}

/** Expressions name each attribute with a `#` before it, so no word of ours can be a reserved one. */
export interface Change {
  update: string;
  condition?: string;
  values?: Record<string, unknown>;
  /** For paths made at run time; every other `#name` stands for the attribute `name`. */
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
  { condition, values }: Pick<Change, 'condition' | 'values'> = {},
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
 * Changes one item, making it where it is not. Returns it as it is now (or was: `old`);
 * null: the condition did not hold and nothing was written.
 */
export async function updateItem<T>(
  table: Table,
  key: Key,
  { update, condition, values, names }: Change,
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
  { condition, values }: Pick<Change, 'condition' | 'values'> = {},
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

/** A page of one list in the index, in its order, and the position after it; `before`: only what stands before. */
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

function namesIn(expression: string, given: Record<string, string> = {}) {
  const found = [...expression.matchAll(/#(\w+)/g)].map(([placeholder, name]) => [
    placeholder,
    given[placeholder] ?? name,
  ]);
  if (found.length === 0) return {}; // an empty map is refused
  return { ExpressionAttributeNames: Object.fromEntries(found) as Record<string, string> };
}

/** A condition that does not hold is an expected turn: null. */
async function held<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (nameOf(error) === 'ConditionalCheckFailedException') return null;
    throw unavailable(error);
  }
}

async function reached<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw unavailable(error);
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

const unavailable = (error: unknown) =>
  new Failure('unavailable', { what: 'table', error: nameOf(error) }, error);

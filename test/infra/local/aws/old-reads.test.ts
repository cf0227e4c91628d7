import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions } from '../../../../infra/local/aws/client-options.ts';
import { type Emulator, startDynamodb } from '../../../../infra/local/aws/start-dynamodb.ts';
import { TABLE } from '../../../../infra/table.ts';

const TableName = 'old';
/** Longer than a test. */
const LONG_MS = 60_000;
/** Over before the next call. */
const SHORT_MS = 1;

const running: Emulator[] = [];
const clients: Record<'long' | 'short' | 'local', DynamoDBDocumentClient> = {} as never;
beforeAll(async () => {
  for (const [name, ms] of [
    ['long', LONG_MS],
    ['short', SHORT_MS],
  ] as const) {
    const dynamodb = await startDynamodb(null, TableName, (listener) => listener, {
      readsBehindMs: ms,
    });
    running.push(dynamodb);
    const as = (accessKeyId: string) =>
      DynamoDBDocumentClient.from(
        new DynamoDBClient({
          ...clientOptions(dynamodb.url),
          credentials: { accessKeyId, secretAccessKey: 'x' },
        }),
      );
    clients[name] = as('worker');
    if (name === 'long') clients.local = as('local');
  }
});
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await Promise.all(running.map(({ stop }) => stop()));
});

const keyOf = (pk: string) => ({ pk, sk: 'x' });
const put = (pk: string, more: object, who: keyof typeof clients = 'long') =>
  clients[who].send(new PutCommand({ TableName, Item: { ...keyOf(pk), ...more } }));
const get = async (pk: string, ConsistentRead: boolean, who: keyof typeof clients = 'long') =>
  (await clients[who].send(new GetCommand({ TableName, Key: keyOf(pk), ConsistentRead }))).Item;

test('for a while after a write a read says what was there before, and a consistent one what is there', async () => {
  await put('a', { n: 1 });
  expect(await get('a', false)).toBeUndefined();
  expect(await get('a', true)).toMatchObject({ n: 1 });
  await put('a', { n: 2 });
  expect(await get('a', false)).toMatchObject({ n: 1 });
  await clients.long.send(new DeleteCommand({ TableName, Key: keyOf('a') }));
  expect(await get('a', false)).toMatchObject({ n: 2 });
  expect(await get('a', true)).toBeUndefined();
});

test('what the runtime itself reads is never old, and nothing is once the time is over', async () => {
  await put('b', { n: 1 });
  expect(await get('b', false, 'local')).toMatchObject({ n: 1 });
  await put('b', { n: 1 }, 'short');
  await expect.poll(() => get('b', false, 'short')).toMatchObject({ n: 1 });
});

test('a write that is refused leaves reads as they were', async () => {
  await put('c', { n: 1 });
  const refused = clients.long.send(
    new PutCommand({
      TableName,
      Item: { ...keyOf('c'), n: 2 },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  await expect(refused).rejects.toThrow('conditional');
  expect(await get('c', false)).toBeUndefined();
});

test('the index is as old: a new item is not in it yet, a removed one still is', async () => {
  const list = async () => {
    const query = new QueryCommand({
      TableName,
      IndexName: TABLE.index.name,
      KeyConditionExpression: 'gsi_pk = :list AND gsi_sk < :before',
      ExpressionAttributeValues: { ':list': 'L', ':before': '5' },
    });
    return (await clients.long.send(query)).Items?.map(({ pk, n }) => `${pk} ${n}`);
  };
  await put('d', { n: 1, gsi_pk: 'L', gsi_sk: '3' });
  expect(await list()).toEqual([]);
  await put('d', { n: 2, gsi_pk: 'L', gsi_sk: '9' });
  expect(await list()).toEqual(['d 1']);
  await put('e', { n: 1, gsi_pk: 'L', gsi_sk: '1' });
  await clients.long.send(new DeleteCommand({ TableName, Key: keyOf('e') }));
  expect(await list()).toEqual(['e 1', 'd 1']);
});

import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { QUEUES } from '../../../../infra/functions.ts';
import { credentialsOf, REGION } from '../../../../infra/local/aws/client-options.ts';
import type { Verdict } from '../../../../infra/local/aws/intercept.ts';
import { type LocalAws, startAws } from '../../../../infra/local/aws/start-aws.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startAws(null, QUEUES);
});
afterAll(() => aws.stop());

const as = (caller: string) =>
  new DynamoDBClient({
    endpoint: aws.endpoints.dynamodb,
    region: REGION,
    credentials: credentialsOf(caller),
    maxAttempts: 1,
  });

const keyOf = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const COMMANDS = {
  get: (pk: string) => new GetItemCommand({ TableName: aws.tableName, Key: keyOf(pk) }),
  put: (pk: string) => new PutItemCommand({ TableName: aws.tableName, Item: keyOf(pk) }),
  update: (pk: string) => new UpdateItemCommand({ TableName: aws.tableName, Key: keyOf(pk) }),
  delete: (pk: string) => new DeleteItemCommand({ TableName: aws.tableName, Key: keyOf(pk) }),
  list: (pk: string) =>
    new QueryCommand({
      TableName: aws.tableName,
      IndexName: 'index',
      KeyConditionExpression: 'gsi_pk = :list',
      ExpressionAttributeValues: { ':list': { S: pk } },
    }),
  query: (pk: string) =>
    new QueryCommand({
      TableName: aws.tableName,
      KeyConditionExpression: 'pk = :partition',
      ExpressionAttributeValues: { ':partition': { S: pk } },
    }),
  scan: () => new ScanCommand({ TableName: aws.tableName }),
};

// biome-ignore format: a table reads by column
const calls: { caller: string; does: keyof typeof COMMANDS; pk: string; may: boolean }[] = [
  { caller: 'requests', does: 'get',    pk: 'CHANNEL#ch_1',     may: true },
  { caller: 'requests', does: 'put',    pk: 'CHANNEL#ch_1',     may: false },
  { caller: 'requests', does: 'update', pk: 'CHANNEL#ch_1',     may: false },
  { caller: 'requests', does: 'delete', pk: 'CHANNEL#ch_1',     may: false },
  { caller: 'requests', does: 'put',    pk: 'TOKEN#abc',        may: false },
  { caller: 'requests', does: 'list',   pk: 'CHANNELS',         may: false },
  { caller: 'requests', does: 'update', pk: 'CHAT#ch_1#c',      may: true },
  { caller: 'webhook',  does: 'update', pk: 'CHAT#ch_1#c',      may: false },
  { caller: 'send',     does: 'put',    pk: 'CHANNEL#ch_1',     may: false },
  { caller: 'send',     does: 'update', pk: 'CHANNEL#ch_1',     may: true },
  { caller: 'channels', does: 'list',   pk: 'CHANNELS',         may: true },
  { caller: 'channels', does: 'list',   pk: 'DUE#1',            may: false },
  { caller: 'sweep',    does: 'list',   pk: 'DUE#1',            may: true },
  { caller: 'sweep',    does: 'scan',   pk: '',                 may: true },
  { caller: 'sweep',    does: 'query',  pk: 'DEAD#ch_1',        may: false },
  { caller: 'channels', does: 'query',  pk: 'DEAD#ch_1',        may: true },
  { caller: 'channels', does: 'query',  pk: 'CHANNELS',         may: false },
  { caller: 'worker',   does: 'scan',   pk: '',                 may: false },
  { caller: 'local',    does: 'put',    pk: 'CHANNEL#ch_1',     may: true },
];

test.each(calls)('$caller does $does $pk: $may', async ({ caller, does, pk, may }) => {
  const client = as(caller);
  // The union of commands has no single call signature.
  const call = client.send(COMMANDS[does](pk) as GetItemCommand);
  if (may) await call;
  else await expect(call).rejects.toMatchObject({ name: 'AccessDeniedException' });
  client.destroy();
});

test('a refusal is one also where a hook looks on, and the next call goes through', async () => {
  const moments: string[] = [];
  aws.hooks.add(async ({ moment }): Promise<Verdict> => {
    await new Promise((resolve) => setImmediate(resolve));
    moments.push(moment);
    return 'pass';
  });
  const client = as('requests');
  await expect(client.send(COMMANDS.put('CHANNEL#ch_2'))).rejects.toThrow(
    /requests may not PutItem/,
  );
  await client.send(COMMANDS.get('CHANNEL#ch_2'));
  expect(moments).toContain('after');
  aws.hooks.clear();
  client.destroy();
});

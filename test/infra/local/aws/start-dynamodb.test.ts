import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { clientOptions } from '../../../../infra/local/aws/client-options.ts';
import { startDynamodb } from '../../../../infra/local/aws/start-dynamodb.ts';

const TableName = 'stopped';

test('a table that is stopped in the middle of many writes has carried out each that it answered', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dynamodb-'));
  const open = async () => {
    const { url, stop } = await startDynamodb(folder, TableName, (listener) => listener);
    const client = new DynamoDBClient({ ...clientOptions(url), maxAttempts: 1 });
    return { client, stop };
  };
  // What dynalite throws when its database is closed under a write nobody catches: it fails this file.
  const first = await open();
  const answered: string[] = [];
  const writes = Array.from({ length: 200 }, async (_, at) => {
    const Item = { pk: { S: `CHAT#${at}` }, sk: { S: 'x' } };
    await first.client.send(new PutItemCommand({ TableName, Item }));
    answered.push(Item.pk.S);
  });
  await Promise.any(writes);
  await first.stop();
  await Promise.allSettled(writes);
  first.client.destroy();

  const second = await open();
  const kept = answered.map(async (pk) => {
    const Key = { pk: { S: pk }, sk: { S: 'x' } };
    const { Item } = await second.client.send(new GetItemCommand({ TableName, Key }));
    return Item?.pk?.S;
  });
  expect(answered.length).toBeGreaterThan(0);
  expect(await Promise.all(kept)).toEqual(answered);
  second.client.destroy();
  await second.stop();
  rmSync(folder, { recursive: true });
});

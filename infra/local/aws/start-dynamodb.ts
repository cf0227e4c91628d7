import { mkdirSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { TABLE } from '../../table.ts';
import { close, listenAnywhere } from '../http/listen-on-loopback.ts';
import { clientOptions } from './client-options.ts';
import { oldReads } from './old-reads.ts';

export interface Emulator {
  url: string;
  stop(): Promise<void>;
}

/**
 * DynamoDB over its real protocol, with the product's table. Only one runtime may use the folder.
 * `readsBehindMs`: for so long after a write the reads that may be old are (`oldReads`).
 */
export async function startDynamodb(
  folder: string | null,
  tableName: string,
  wrap: (listener: RequestListener) => RequestListener,
  { readsBehindMs = 0 } = {},
): Promise<Emulator> {
  if (folder) mkdirSync(folder, { recursive: true });
  const server = dynalite({ createTableMs: 0, ...(folder && { path: folder }) });
  const [carryOut] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  const listener: RequestListener = (request, response) => {
    carryOut?.(request, response);
    // dynalite's own listener throws: a function killed in the middle of a request would end this
    // process.
    request.removeAllListeners('error').on('error', () => {});
  };
  server.on('request', readsBehindMs > 0 ? listener : wrap(listener));

  const url = `http://127.0.0.1:${await listenAnywhere(server)}`;
  await createTable(url, tableName);
  if (readsBehindMs === 0) return { url, stop: () => close(server) };
  const before = createServer(wrap(oldReads(url, readsBehindMs)));
  const stop = async () => {
    await close(before);
    await close(server);
  };
  return { url: `http://127.0.0.1:${await listenAnywhere(before)}`, stop };
}

/** The product's table, as the stack makes it. */
export async function createTable(url: string, tableName: string): Promise<void> {
  const client = new DynamoDBClient({ ...clientOptions(url), maxAttempts: 1 });
  const { partitionKey, sortKey, index } = TABLE;
  const keys = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  const create = new CreateTableCommand({
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [partitionKey, sortKey, index.partitionKey, index.sortKey].map(
      (name) => ({ AttributeName: name, AttributeType: 'S' }),
    ),
    KeySchema: keys(partitionKey, sortKey),
    GlobalSecondaryIndexes: [
      {
        IndexName: index.name,
        KeySchema: keys(index.partitionKey, index.sortKey),
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  try {
    await client.send(create);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error; // else the folder has it already
  } finally {
    client.destroy();
  }
}

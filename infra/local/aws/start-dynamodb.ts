import { mkdirSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { TABLE } from '../../table.ts';
import { close, listenAnywhere } from '../http/listen-on-loopback.ts';
import { clientOptions } from './client-options.ts';

export interface Emulator {
  url: string;
  stop(): Promise<void>;
}

/**
 * DynamoDB over its real protocol, with the product's table. Only one runtime may use the folder.
 */
export async function startDynamodb(
  folder: string | null,
  tableName: string,
  wrap: (listener: RequestListener) => RequestListener,
): Promise<Emulator> {
  if (folder) mkdirSync(folder, { recursive: true });
  const server = dynalite({ createTableMs: 0, ...(folder && { path: folder }) });
  const [carryOut] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on(
    'request',
    wrap((request, response) => {
      carryOut?.(request, response);
      // dynalite's own listener throws: a function killed in the middle of a request would end this
      // process.
      request.removeAllListeners('error').on('error', () => {});
    }),
  );

  const url = `http://127.0.0.1:${await listenAnywhere(server)}`;
  const stop = () => close(server);
  await createTable(url, tableName);
  return { url, stop };
}

async function createTable(url: string, tableName: string): Promise<void> {
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

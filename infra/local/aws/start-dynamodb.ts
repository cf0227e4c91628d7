import { mkdirSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
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
  const work = new Work();
  const listener: RequestListener = (request, response) => {
    if (!work.begin(response)) return void request.destroy();
    carryOut?.(request, response);
    // dynalite's own listener throws: a function killed in the middle of a request would end this
    // process.
    request.removeAllListeners('error').on('error', () => {});
  };
  server.on('request', readsBehindMs > 0 ? listener : wrap(listener));

  const url = `http://127.0.0.1:${await listenAnywhere(server)}`;
  await createTable(url, tableName);
  const stopServer = async () => {
    await work.end();
    await close(server);
  };
  if (readsBehindMs === 0) return { url, stop: stopServer };
  const before = createServer(wrap(oldReads(url, readsBehindMs)));
  const stop = async () => {
    await close(before);
    await stopServer();
  };
  return { url: `http://127.0.0.1:${await listenAnywhere(before)}`, stop };
}

/**
 * What dynalite is at. A request that finds its database closed in the middle is thrown past everyone who could
 * catch it, and ends this process: so the database stays open until each is answered.
 */
class Work {
  readonly #open = new Set<ServerResponse>();
  #isOver = false;
  #whenDone = () => {};

  /** False: nothing is begun any more. */
  begin(response: ServerResponse): boolean {
    if (this.#isOver) return false;
    // As soon as the whole request is there it is carried out, whether or not its caller still lives.
    response.req.once('end', () => this.#open.add(response));
    const send = response.end;
    response.end = ((...args: Parameters<typeof send>) => {
      this.#open.delete(response);
      if (this.#open.size === 0) this.#whenDone();
      return send.apply(response, args);
    }) as typeof send;
    return true;
  }

  /** Begins nothing more, and resolves when all that was begun is answered. */
  end(): Promise<void> {
    this.#isOver = true;
    return new Promise((resolve) => {
      this.#whenDone = resolve;
      if (this.#open.size === 0) resolve();
    });
  }
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

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import { type InterceptHook, interceptable } from '../../infra/local/aws/intercept.ts';
import type { Key } from '../../shared/store/keys.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { startTable } from './emulators.ts';

type Item = Record<string, unknown>;

export interface TestTable extends Table {
  /** The calls of DynamoDB that the store has made since the test began, in order. */
  readonly calls: string[];
  /** Hooks between the store and DynamoDB, removed when the test ends. */
  readonly hooks: Set<InterceptHook>;
  /** An item with all its attributes, also those the store does not show. Not one of `calls`. */
  look(key: Key): Promise<Item | null>;
  /** Every item of one partition. */
  lookAll(pk: string): Promise<Item[]>;
  /** Every item there is. */
  everything(): Promise<Item[]>;
}

const NAME = 'store-under-test';
const STORE = 'store';

/**
 * The product's table on an embedded DynamoDB, which starts before the tests of a file. `readsBehindMs`:
 * how old its reads are that may be (infra/local/aws/old-reads.ts).
 */
export function useTable({ readsBehindMs = 0 } = {}): TestTable {
  const calls: string[] = [];
  const hooks = new Set<InterceptHook>();
  const count: InterceptHook = ({ operation, caller, moment }) => {
    if (moment === 'before' && caller === STORE) calls.push(operation);
    return 'pass';
  };
  const table = { calls, hooks } as unknown as TestTable;
  let stop = async () => {};

  beforeAll(async () => {
    hooks.add(count);
    const dynamodb = await startTable(
      NAME,
      (listener) => interceptable('dynamodb', hooks, listener),
      { readsBehindMs },
    );
    Object.assign(process.env, {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: STORE,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    });
    const onlooker = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(dynamodb.url)));
    const everything = async () => {
      const all: Item[] = [];
      for (let ExclusiveStartKey: Item | undefined; ; ) {
        const scan = new ScanCommand({ TableName: NAME, ExclusiveStartKey });
        const { Items = [], LastEvaluatedKey } = await onlooker.send(scan);
        all.push(...Items);
        if (!LastEvaluatedKey) return all;
        ExclusiveStartKey = LastEvaluatedKey;
      }
    };
    Object.assign(table, openTable(NAME), {
      look: async (Key: Key) => {
        const get = new GetCommand({ TableName: NAME, Key, ConsistentRead: true });
        return (await onlooker.send(get)).Item ?? null;
      },
      everything,
      lookAll: async (pk: string) => (await everything()).filter((item) => item.pk === pk),
    });
    stop = dynamodb.stop;
  });
  beforeEach(() => {
    calls.splice(0);
    for (const hook of hooks) if (hook !== count) hooks.delete(hook);
  });
  afterAll(() => stop());
  return table;
}

import type { RequestListener } from 'node:http';
import { TABLE } from '../../table.ts';
import { type HttpAnswer, type HttpAsk, serve } from '../http/serve.ts';
import { callerOf, operationOf } from './intercept.ts';

/** As DynamoDB writes it on the wire. */
type Item = Record<string, Record<string, unknown>>;
type Input = Record<string, unknown> & { Item?: Item; Key?: Item; ConsistentRead?: boolean };
/** What an item held before its last write (null: it was not there), and until when reads say so. */
type Before = { item: Item | null; until: number };

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);
/** What belongs to one connection, or to a body that is made anew. */
const OWN_HEADERS = [
  'host',
  'connection',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'x-amz-crc32',
];

/**
 * Stands before DynamoDB at `url`. As DynamoDB may, and no emulator does, it answers reads that are not
 * consistent with what was there before: for `ms` after each write every `GetItem` without
 * `ConsistentRead` and every such `Query` says what the item held before it. The runtime itself (`local`) sees
 * everything.
 */
export function oldReads(url: string, ms: number): RequestListener {
  const before = new Map<string, Before>();
  /** The last write of each key under way: writes of one key are carried out one after the other. */
  const underWay = new Map<string, Promise<unknown>>();
  const oldOf = (key: string): Before | undefined => {
    const found = before.get(key);
    return found && found.until > Date.now() ? found : undefined;
  };

  async function write(ask: HttpAsk, key: Item): Promise<HttpAnswer> {
    const name = nameOf(key);
    const turn = (underWay.get(name) ?? Promise.resolve()).then(async () => {
      const item = await itemNow(url, ask, key);
      const answer = await pass(url, ask);
      if (answer.status === 200) before.set(name, { item, until: Date.now() + ms });
      return answer;
    });
    underWay.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  }

  /** The index as it was: the items of before in the places of those that were written since. */
  function aged(input: Input, found: { Items: Item[] }): object {
    const values = (input.ExpressionAttributeValues ?? {}) as Item;
    const since = (input.ExclusiveStartKey as Item | undefined)?.[TABLE.index.sortKey]?.S ?? '';
    const end = values[':before']?.S;
    const isListed = (item: Item): boolean => {
      const sort = String(item[TABLE.index.sortKey]?.S ?? '');
      const isInList = item[TABLE.index.partitionKey]?.S === values[':list']?.S;
      return isInList && sort > String(since) && (end === undefined || sort < String(end));
    };
    const old = [...before.keys()].flatMap((name) => {
      const item = oldOf(name)?.item;
      return item && isListed(item) ? [item] : [];
    });
    const untouched = found.Items.filter((item) => !oldOf(nameOf(item)));
    const sortOf = (item: Item) => String(item[TABLE.index.sortKey]?.S);
    const Items = [...untouched, ...old].sort((a, b) => (sortOf(a) < sortOf(b) ? -1 : 1));
    return { ...found, Items, Count: Items.length, ScannedCount: Items.length };
  }

  return serve(async (ask) => {
    const operation = operationOf(ask.headers['x-amz-target']);
    const input = JSON.parse(ask.body.toString() || '{}') as Input;
    const key = input.Key ?? input.Item;
    if (WRITES.has(operation) && key) return write(ask, key);
    const answer = await pass(url, ask);
    if (answer.status !== 200 || callerOf(ask.headers.authorization) === 'local') return answer;
    if (operation === 'Query' && !input.ConsistentRead) {
      const found = JSON.parse(answer.body.toString()) as { Items: Item[] };
      return { ...answer, body: JSON.stringify(aged(input, found)) };
    }
    const old = operation === 'GetItem' && key && !input.ConsistentRead && oldOf(nameOf(key));
    return old ? { ...answer, body: JSON.stringify(old.item ? { Item: old.item } : {}) } : answer;
  });
}

const nameOf = (item: Item): string =>
  JSON.stringify([item[TABLE.partitionKey]?.S, item[TABLE.sortKey]?.S]);

async function itemNow(url: string, ask: HttpAsk, item: Item): Promise<Item | null> {
  const input = JSON.parse(ask.body.toString()) as { TableName: string };
  const { partitionKey, sortKey } = TABLE;
  const answer = await pass(url, {
    ...ask,
    headers: { ...ask.headers, 'x-amz-target': 'DynamoDB_20120810.GetItem' },
    body: Buffer.from(
      JSON.stringify({
        TableName: input.TableName,
        Key: { [partitionKey]: item[partitionKey], [sortKey]: item[sortKey] },
        ConsistentRead: true,
      }),
    ),
  });
  return (JSON.parse(answer.body.toString()) as { Item?: Item }).Item ?? null;
}

async function pass(url: string, { method, headers, body }: HttpAsk) {
  const sent = { method, headers: without(headers), ...(body.length > 0 && { body }) };
  const answer = await fetch(url, sent as RequestInit);
  return {
    status: answer.status,
    headers: without(Object.fromEntries(answer.headers)),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

const without = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name)));

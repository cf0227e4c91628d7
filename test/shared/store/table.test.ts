import { expect, test, vi } from 'vitest';
import { Failure } from '../../../shared/kernel/failure.ts';
import {
  acceptedKey,
  aliasKey,
  channelKey,
  chatKey,
  deadLetterKey,
  deliveryKey,
  dueKey,
  expiry,
  failingJobKey,
  formerIdKey,
  isExpired,
  lastSeenKey,
  olderTurnsKey,
  sentMessageKey,
  tokenClaimKey,
  turnKey,
} from '../../../shared/store/keys.ts';
import {
  deleteItem,
  getItem,
  openTable,
  putItem,
  updateItem,
} from '../../../shared/store/table.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
let made = 0;
const newKey = () => channelKey(`ch_${++made}`);

test('an item is written whole, read back, changed and removed', async () => {
  const key = newKey();
  expect(await getItem(table, key)).toBeNull();
  expect(await putItem(table, { ...key, a: 1, gone: undefined })).toBe(true);
  expect(await getItem(table, key, { consistent: true })).toEqual({ ...key, a: 1 });

  const change = { update: 'SET #b = :b', values: { ':b': 'x' } };
  expect(await updateItem(table, key, change)).toEqual({ ...key, a: 1, b: 'x' });
  expect(await updateItem(table, key, change, { returns: 'ALL_OLD' })).toEqual({
    ...key,
    a: 1,
    b: 'x',
  });
  expect(await deleteItem(table, key)).toBe(true);
  expect(await getItem(table, key)).toBeNull();
});

test('a condition that does not hold is reported as a value, and nothing is written', async () => {
  const key = newKey();
  await putItem(table, { ...key, a: 1 });
  const absent = { condition: 'attribute_not_exists(#pk)' };
  const other = { condition: '#a = :a', values: { ':a': 2 } };
  expect(await putItem(table, { ...key, a: 9 }, absent)).toBe(false);
  expect(await updateItem(table, key, { update: 'SET #c = :a', ...other })).toBeNull();
  expect(await deleteItem(table, key, other)).toBe(false);
  expect(await getItem(table, key)).toEqual({ ...key, a: 1 });
});

test('words that DynamoDB reserves may be names of our attributes', async () => {
  const key = newKey();
  const reserved = { name: 'n', status: 's', user: 'u', ttl: 1, at: 2 };
  const update = `SET ${Object.keys(reserved)
    .map((word) => `#${word} = :${word}`)
    .join(', ')}`;
  const values = Object.fromEntries(Object.entries(reserved).map(([k, v]) => [`:${k}`, v]));
  expect(await updateItem(table, key, { update, values })).toEqual({ ...key, ...reserved });
});

test('a table that fails is unavailable, and the failure tells only which error it was', async () => {
  const key = newKey();
  table.hooks.add(() => 'fail');
  const calls = [
    () => getItem(table, key),
    () => putItem(table, { ...key, words: 'hush' }),
    () => updateItem(table, key, { update: 'SET #words = :w', values: { ':w': 'hush' } }),
    () => deleteItem(table, key),
  ];
  for (const call of calls) {
    const failed = await call().then(
      () => expect.fail('it did not fail'),
      (error) => error,
    );
    expect(failed).toBeInstanceOf(Failure);
    expect(failed).toMatchObject({ code: 'unavailable', facts: { what: 'table' } });
    expect(JSON.stringify(failed.facts)).not.toContain('hush');
  }
});

test('a mistake of ours is neither an absent table nor a condition that does not hold', async () => {
  const key = newKey();
  const mistakes = [
    { call: () => updateItem(table, key, { update: 'SET nonsense' }), name: 'ValidationException' },
    { call: () => putItem(table, { ...key, tiny: 1e-300 }), name: 'ValidationException' },
    { call: () => putItem(table, { ...key, large: 2 ** 60 }), name: 'Error' },
    {
      call: () => getItem({ ...table, name: 'another-table' }, key),
      name: 'ResourceNotFoundException',
    },
  ];
  for (const { call, name } of mistakes) {
    const failed = await call().then(
      () => expect.fail('it did not fail'),
      (error) => error,
    );
    expect(failed).not.toBeInstanceOf(Failure);
    expect(failed.name).toBe(name);
  }
});

test('a call that hangs is given up after 3 s and tried again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let asked = 0;
  const reached = new Promise<void>((resolve) => {
    table.hooks.add(({ moment }) => {
      if (moment === 'before' && ++asked === 1) {
        resolve();
        return 'hang';
      }
      return 'pass';
    });
  });
  const key = newKey();
  const done = putItem(openTable(table.name), { ...key, a: 1 });
  await reached;
  await vi.advanceTimersByTimeAsync(3_500);
  vi.useRealTimers();
  expect(await done).toBe(true);
  expect(await table.look(key)).toEqual({ ...key, a: 1 });
});

test('no two items share a key', () => {
  const at = Date.parse('2026-11-22T10:00:00Z');
  const keys = [
    channelKey('x'),
    tokenClaimKey('x'),
    aliasKey('x', 'phone', 'y'),
    aliasKey('x', 'bsuid', 'y'),
    chatKey('x', 'y'),
    turnKey('x', 'y'),
    olderTurnsKey('x', 'y', 'z'),
    formerIdKey('x', 'y'),
    acceptedKey('x', 'y'),
    lastSeenKey('x'),
    failingJobKey('x', 'y'),
    dueKey('x'),
    deliveryKey('x', 'y'),
    sentMessageKey('x', 'y'),
    deadLetterKey('x', at, 'y'),
    deadLetterKey('x', at, 'z'),
    deadLetterKey('x', at + 1, 'y'),
  ].map(({ pk, sk }) => `${pk} ${sk}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('expiry counts whole seconds, and an item counts as absent from its expiry on', () => {
  const now = Date.parse('2026-11-22T10:00:00.999Z');
  const { expires_at } = expiry(now, 8);
  expect(expires_at).toBe(Date.parse('2026-11-30T10:00:00Z') / 1000);
  expect(isExpired({ expires_at }, expires_at * 1000 - 1)).toBe(false);
  expect(isExpired({ expires_at }, expires_at * 1000)).toBe(true);
  expect(isExpired({}, Number.MAX_SAFE_INTEGER)).toBe(false);
});

import { expect, test } from 'vitest';
import { keepNewest } from '../../../shared/kernel/keep-newest.ts';

test('the key that was set longest ago goes when there are too many', () => {
  const map = new Map<string, number>();
  for (const key of ['a', 'b', 'a', 'c']) keepNewest(map, key, map.size, 2);
  expect([...map.keys()]).toEqual(['a', 'c']);
});

test('a key that is set again has its new value, and no other one goes', () => {
  const map = new Map([['a', 1]]);
  keepNewest(map, 'a', 2, 1);
  expect([...map]).toEqual([['a', 2]]);
});

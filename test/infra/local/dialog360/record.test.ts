import { expect, test } from 'vitest';
import { record } from '../../../../infra/local/dialog360/record.ts';

test('what is kept for tests grows to the newest 20 000, and no further', () => {
  const items: number[] = [];
  for (let at = 0; at < 20_003; at++) record(items, at);
  expect([items.length, items[0], items.at(-1)]).toEqual([20_000, 3, 20_002]);
});

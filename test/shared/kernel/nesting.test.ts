import { expect, test } from 'vitest';
import { nestsDeeperThan } from '../../../shared/kernel/nesting.ts';

const list = (levels: number): unknown => (levels === 0 ? 'x' : [list(levels - 1)]);
const object = (levels: number): unknown => (levels === 0 ? 'x' : { a: object(levels - 1) });

// biome-ignore format: a table reads by column
const values = [
  { what: 'a word',                value: 'x',                  levels: 0, isDeeper: false },
  { what: 'nothing',               value: null,                 levels: 0, isDeeper: false },
  { what: 'an empty list',         value: [],                   levels: 0, isDeeper: true },
  { what: 'as deep as allowed',    value: list(5),              levels: 5, isDeeper: false },
  { what: 'one level deeper',      value: list(6),              levels: 5, isDeeper: true },
  { what: 'objects',               value: object(6),            levels: 5, isDeeper: true },
  { what: 'deep at the far end',   value: [1, 'b', {}, list(5)], levels: 5, isDeeper: true },
];

test.each(values)('$what in $levels levels: $isDeeper', ({ value, levels, isDeeper }) => {
  expect(nestsDeeperThan(levels, value)).toBe(isDeeper);
});

test('a very deep value is told from a flat one without running out of stack', () => {
  expect(nestsDeeperThan(60, JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)))).toBe(true);
});

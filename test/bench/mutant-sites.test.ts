import { expect, test } from 'vitest';
import { mutantsIn, withSwitches } from './mutant-sites.ts';

// biome-ignore format: a table reads by column
const rows = [
  { source: 'a < b',                      finds: ['a <= b'] },
  { source: 'a && b || c',                finds: ['a && b && c', 'a || b'] },
  { source: 'f(a ?? true)',               finds: ['a && true', 'false'] },
  { source: 'x as true | false',          finds: [] },
  { source: "'a < b' + /a===b/.source",   finds: [] },
  { source: 'let x: (a: true) => void',   finds: [] },
  { source: '(x as number) !== 1',        finds: ['(x as number) === 1'] },
];

test.each(rows)('$source can be changed to $finds', ({ source, finds }) => {
  expect(mutantsIn('x.ts', source).map(({ to }) => to)).toEqual(finds);
});

test('a switch turns one place and leaves the others as they are', () => {
  const source = '((a, b, c) => (a && b) || (c > 1 ? true : a !== c))';
  const mutants = mutantsIn('x.ts', source);
  const text = withSwitches(source, mutants, (one) => mutants.indexOf(one));
  const results = [-1, ...mutants.keys()].map((active) => {
    const kept: unknown[] = [];
    const mutant = {
      on: (id: number) => id === active,
      keep: (value: unknown) => kept.push(value),
      kept: () => kept.pop(),
    };
    const made = new Function('globalThis', `return ${text}`)({ mutant });
    return [made(0, 1, 1), made(0, 1, 2), made(1, 1, 0), made(0, 1, 0), made(1, 0, 1)].map(Number);
  });
  expect(results).toEqual([
    [1, 1, 1, 0, 0],
    [0, 0, 1, 0, 0], // || to &&
    [1, 1, 1, 1, 1], // && to ||
    [1, 1, 1, 0, 1], // > to >=
    [1, 0, 1, 0, 0], // true to false
    [0, 1, 1, 1, 1], // !== to ===
  ]);
});

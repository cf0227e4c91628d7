import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyHash } from '../../../shared/kernel/body-hash.ts';

// biome-ignore format: a table reads by column
const pairs = [
  { what: 'fields in another order',          a: { a: 1, b: 2 },              b: { b: 2, a: 1 },              same: true },
  { what: 'the same, deep inside',            a: [{ x: { a: 1, b: [2] } }],   b: [{ x: { b: [2], a: 1 } }],   same: true },
  { what: 'a list in another order',          a: [1, 2],                      b: [2, 1],                      same: false },
  { what: 'a number and its text',            a: { a: 1 },                    b: { a: '1' },                  same: false },
  { what: 'nothing and null',                 a: {},                          b: { a: null },                 same: false },
  { what: 'another case',                     a: 'Hi',                        b: 'hi',                        same: false },
  { what: 'a field that is not there',        a: { a: 1, b: undefined },      b: { a: 1 },                    same: true },
];

test.each(pairs)('$what: the same is $same', ({ a, b, same }) => {
  expect(bodyHash(a) === bodyHash(b)).toBe(same);
});

test('two values hash alike exactly when they are alike', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (a, b) => {
      const again = JSON.parse(JSON.stringify(a));
      expect(bodyHash(again)).toBe(bodyHash(a));
      const areSame = isSame(a, b);
      expect(bodyHash(a) === bodyHash(b)).toBe(areSame);
    }),
  );
});

function isSame(a: unknown, b: unknown): boolean {
  try {
    expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
    return true;
  } catch {
    return false;
  }
}

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf, idOf, sameHash, secretHash } from '../../../shared/kernel/hash.ts';

const words = fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 });

test('the same words are the same hash and id, however often; other words never are', () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(hashOf(...one) === hashOf(...other)).toBe(same);
      expect(idOf('evt', ...one) === idOf('evt', ...other)).toBe(same);
    }),
  );
});

// biome-ignore format: a table reads by column
const apart = [
  { one: ['ab', 'c'],     other: ['a', 'bc'] },
  { one: ['a', ''],       other: ['a'] },
  { one: ['', 'a'],       other: ['a', ''] },
  { one: ['1:a'],         other: ['a'] },
  { one: ['a1:b'],        other: ['a', 'b'] },
  { one: [],              other: [''] },
];

test.each(apart)('$one and $other stay apart', ({ one, other }) => {
  expect(hashOf(...one)).not.toBe(hashOf(...other));
});

test('a number is the word it is written as', () => {
  expect(hashOf('a', 1)).toBe(hashOf('a', '1'));
});

test('a hash fits SQS’s group and deduplication ids, an id has its prefix and 128 bits', () => {
  fc.assert(
    fc.property(words, (some) => {
      expect(hashOf(...some)).toMatch(/^[\w-]{43}$/);
      expect(idOf('rep', ...some)).toMatch(/^rep_[0-9a-f]{32}$/);
    }),
  );
});

test('ids of repeats may be days old, so the recipe never changes', () => {
  expect(hashOf('ch_1', 'wamid.1')).toBe(
    createHash('sha256').update('4:ch_17:wamid.1').digest('base64url'),
  );
});

test('what is kept of a secret is its plain SHA-256', () => {
  expect(secretHash('abc')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

// biome-ignore format: a table reads by column
const pairs = [
  { a: secretHash('a'), b: secretHash('a'), same: true },
  { a: secretHash('a'), b: secretHash('b'), same: false },
  { a: secretHash('a'), b: '',              same: false },
  { a: '',              b: '',              same: true },
  { a: 'é',             b: 'ee',            same: false }, // as many bytes, not as many letters
];

test.each(pairs)('"$a" and "$b": same = $same', ({ a, b, same }) => {
  expect(sameHash(a, b)).toBe(same);
  expect(sameHash(b, a)).toBe(same);
});

import { expect, test } from 'vitest';
import type { SecretHash } from '../../../../shared/contract/channel.ts';
import { secretHash } from '../../../../shared/kernel/hash.ts';
import { replaceHash } from '../../../../shared/rules/channel/secret-hashes.ts';
import { secretMatches } from '../../../../shared/rules/channel/secret-matches.ts';

const now = 1_000_000;
const hash = (secret: string, valid_until: number | null = null): SecretHash => ({
  sha256: secretHash(secret),
  valid_until,
});

// biome-ignore format: a table reads by column
const cases = [
  { when: 'it is the current secret',            hashes: [hash('new')],                                   secret: 'new', counts: true },
  { when: 'it is another one',                   hashes: [hash('new')],                                   secret: 'old', counts: false },
  { when: 'it is empty',                         hashes: [hash('new')],                                   secret: '',    counts: false },
  { when: 'it is the hash itself',               hashes: [hash('new')],                                   secret: secretHash('new'), counts: false },
  { when: 'it is the beginning of the secret',   hashes: [hash('new')],                                   secret: 'ne',  counts: false },
  { when: 'there is no hash',                    hashes: [],                                              secret: 'new', counts: false },
  { when: 'it was left valid, 1 ms to go',       hashes: [hash('new'), hash('old', now + 1)],             secret: 'old', counts: true },
  { when: 'its grace ends this instant',         hashes: [hash('new'), hash('old', now)],                 secret: 'old', counts: false },
  { when: 'its grace is over',                   hashes: [hash('new'), hash('old', now - 1)],             secret: 'old', counts: false },
  { when: 'it is the oldest of three in grace',  hashes: [hash('c'), hash('b', now + 9), hash('a', now + 1)], secret: 'a', counts: true },
  { when: 'it is new, beside expired ones',      hashes: [hash('old', now - 1), hash('new')],             secret: 'new', counts: true },
  { when: 'it expired once and is set again',    hashes: [hash('same'), hash('same', now - 1)],           secret: 'same', counts: true },
  { when: 'a row holds a hash of another kind',  hashes: [{ sha256: 'short', valid_until: null }],        secret: 'new', counts: false },
];

test.each(cases)('a secret counts = $counts when $when', ({ hashes, secret, counts }) => {
  expect(secretMatches(hashes, secret, now)).toBe(counts);
});

test('through a rotation the old secret counts until its grace ends, the new one at once', () => {
  const rotated = replaceHash([hash('old')], secretHash('new'), { now, oldValidUntil: now + 100 });
  const counts = (secret: string, at: number) => secretMatches(rotated, secret, at);
  expect([counts('old', now), counts('new', now)]).toEqual([true, true]);
  expect([counts('old', now + 100), counts('new', now + 100)]).toEqual([false, true]);

  const ended = replaceHash([hash('old')], secretHash('new'), { now, oldValidUntil: null });
  expect(secretMatches(ended, 'old', now)).toBe(false);
});

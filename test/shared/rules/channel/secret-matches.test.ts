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
  { when: 'it is the current secret',            hashes: [hash('new')],                                   secret: 'new', opens: true },
  { when: 'it is another one',                   hashes: [hash('new')],                                   secret: 'old', opens: false },
  { when: 'it is empty',                         hashes: [hash('new')],                                   secret: '',    opens: false },
  { when: 'it is the hash itself',               hashes: [hash('new')],                                   secret: secretHash('new'), opens: false },
  { when: 'it is the beginning of the secret',   hashes: [hash('new')],                                   secret: 'ne',  opens: false },
  { when: 'there is no hash',                    hashes: [],                                              secret: 'new', opens: false },
  { when: 'it was left valid, 1 ms to go',       hashes: [hash('new'), hash('old', now + 1)],             secret: 'old', opens: true },
  { when: 'its grace ends this instant',         hashes: [hash('new'), hash('old', now)],                 secret: 'old', opens: false },
  { when: 'its grace is over',                   hashes: [hash('new'), hash('old', now - 1)],             secret: 'old', opens: false },
  { when: 'it is the oldest of three in grace',  hashes: [hash('c'), hash('b', now + 9), hash('a', now + 1)], secret: 'a', opens: true },
  { when: 'it is new, beside expired ones',      hashes: [hash('old', now - 1), hash('new')],             secret: 'new', opens: true },
  { when: 'it expired once and is set again',    hashes: [hash('same'), hash('same', now - 1)],           secret: 'same', opens: true },
  { when: 'a row holds a hash of another kind',  hashes: [{ sha256: 'short', valid_until: null }],        secret: 'new', opens: false },
];

test.each(cases)('an endpoint when $when: opens = $opens', ({ hashes, secret, opens }) => {
  expect(secretMatches(hashes, secret, now)).toBe(opens);
});

test('through a rotation the old secret opens until its grace ends, the new one at once', () => {
  const rotated = replaceHash([hash('old')], secretHash('new'), { now, oldValidUntil: now + 100 });
  const opens = (secret: string, at: number) => secretMatches(rotated, secret, at);
  expect([opens('old', now), opens('new', now)]).toEqual([true, true]);
  expect([opens('old', now + 100), opens('new', now + 100)]).toEqual([false, true]);

  const ended = replaceHash([hash('old')], secretHash('new'), { now, oldValidUntil: null });
  expect(secretMatches(ended, 'old', now)).toBe(false);
});

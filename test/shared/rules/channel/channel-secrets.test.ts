import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastFour, maskedToken } from '../../../../shared/rules/channel/channel-view.ts';
import { replaceHash } from '../../../../shared/rules/channel/secret-hashes.ts';
import { CLAIM_LEASE_MS, claimStands } from '../../../../shared/rules/channel/token-claim.ts';

test('a key is shown by its last four characters, a short one not at all', () => {
  expect(lastFour('abcdefgh')).toBe('efgh');
  expect(lastFour('abcdefg')).toBe('');
  expect(maskedToken({ token_last_four: 'efgh' })).toBe('…efgh');
});

const now = 1_000_000;
const hash = (sha256: string, valid_until: number | null) => ({ sha256, valid_until });

// biome-ignore format: a table reads by column
const rotations = [
  { when: 'there was one',              hashes: [hash('a', null)],                       until: now + 5, becomes: [hash('n', null), hash('a', now + 5)] },
  { when: 'there are older ones',       hashes: [hash('a', null), hash('b', now + 2)],   until: now + 5, becomes: [hash('n', null), hash('a', now + 5), hash('b', now + 2)] },
  { when: 'an older one has expired',   hashes: [hash('a', null), hash('b', now)],       until: now + 5, becomes: [hash('n', null), hash('a', now + 5)] },
  { when: 'the old ones must end now',  hashes: [hash('a', null), hash('b', now + 2)],   until: null,    becomes: [hash('n', null)] },
  { when: 'there was none',             hashes: [],                                      until: now + 5, becomes: [hash('n', null)] },
];

test.each(rotations)('a hash is replaced when $when', ({ hashes, until, becomes }) => {
  expect(replaceHash(hashes, 'n', { now, oldValidUntil: until })).toEqual(becomes);
});

test('however often a secret is rotated, one hash is for good, the newest first, and the row stays small', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 60 }), (waits) => {
      let at = now;
      let hashes = [hash('first', null)];
      for (const [index, wait] of waits.entries()) {
        at += wait;
        hashes = replaceHash(hashes, `n${index}`, { now: at, oldValidUntil: at + 500 });
        expect(hashes[0]).toEqual(hash(`n${index}`, null));
      }
      expect(hashes.filter(({ valid_until }) => valid_until === null)).toHaveLength(1);
      expect(hashes.length).toBeLessThanOrEqual(20);
      expect(hashes.slice(1).every(({ valid_until }) => (valid_until ?? 0) > at)).toBe(true);
    }),
  );
});

const claim = { channel_id: 'ch_a', row_version: 2, claimed_at: now };
const young = now + CLAIM_LEASE_MS - 1;
const old = now + CLAIM_LEASE_MS;

// biome-ignore format: a table reads by column
const claims = [
  { who: 'is active with it',               holder: { active: true,  token_sha256: 't' }, at: old,   stands: true },
  { who: 'is active with another token',    holder: { active: true,  token_sha256: 'u' }, at: old,   stands: false },
  { who: 'is active with another, on the way', holder: { active: true,  token_sha256: 'u' }, at: young, stands: true },
  { who: 'is not active',                   holder: { active: false, token_sha256: 't' }, at: old,   stands: false },
  { who: 'is not active yet',               holder: { active: false, token_sha256: 't' }, at: young, stands: true },
  { who: 'is gone',                         holder: null,                                 at: old,   stands: false },
  { who: 'is not there yet',                holder: null,                                 at: young, stands: true },
];

test.each(claims)('a claim whose holder $who: stands = $stands', ({ holder, at, stands }) => {
  expect(claimStands(claim, holder, 't', at)).toBe(stands);
});

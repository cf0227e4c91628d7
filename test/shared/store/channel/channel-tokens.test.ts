import { expect, test } from 'vitest';
import {
  claimToken,
  findClaim,
  releaseToken,
  takeOverClaim,
} from '../../../../shared/store/channel/channel-tokens.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const claim = (channel_id: string, row_version = 1, claimed_at = 1) => ({
  channel_id,
  row_version,
  claimed_at,
});
const held = async (sha256: string) => {
  const found = await findClaim(table, sha256);
  return found && claim(found.channel_id, found.row_version, found.claimed_at);
};

test('one channel can claim a token again and again, and no other channel can', async () => {
  expect(await claimToken(table, 't1', claim('ch_a'))).toBe(true);
  expect(await claimToken(table, 't1', claim('ch_b'))).toBe(false);
  expect(await claimToken(table, 't1', claim('ch_a', 2, 5))).toBe(true);
  expect(await held('t1')).toEqual(claim('ch_a', 2, 5));
});

test('another channel takes a claim over only while it is the one that was read', async () => {
  await claimToken(table, 't2', claim('ch_a', 3, 7));
  expect(await takeOverClaim(table, 't2', claim('ch_a', 3, 6), claim('ch_b'))).toBe(false);
  expect(await takeOverClaim(table, 't2', claim('ch_a', 3, 7), claim('ch_b'))).toBe(true);
  expect(await takeOverClaim(table, 't2', claim('ch_a', 3, 7), claim('ch_c'))).toBe(false);
  expect(await held('t2')).toEqual(claim('ch_b'));
});

test('a release leaves a newer claim, and the claim of another channel, as they are', async () => {
  await claimToken(table, 't3', claim('ch_a', 4));
  expect(await releaseToken(table, 't3', { channelId: 'ch_a', rowVersion: 3 })).toBe(false);
  expect(await releaseToken(table, 't3', { channelId: 'ch_b', rowVersion: 9 })).toBe(false);
  expect(await releaseToken(table, 't3', { channelId: 'ch_a', rowVersion: 4 })).toBe(true);
  expect(await held('t3')).toBeNull();
});

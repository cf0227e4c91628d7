import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDynamodb } from '../../../../infra/local/aws/start-dynamodb.ts';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import {
  claimToken,
  findClaim,
  releaseToken,
  takeOverClaim,
} from '../../../../shared/store/channel/channel-tokens.ts';
import {
  beginChannel,
  findChannel,
  forgetBegun,
  insertChannel,
  type ListPosition,
  markChannelDeleted,
  pageOfChannels,
  replaceChannel,
} from '../../../../shared/store/channel/channels.ts';
import { openTable, type Table } from '../../../../shared/store/table.ts';

let table: Table;
let stop = async () => {};
beforeAll(async () => {
  const dynamodb = await startDynamodb(null, 'test', (listener) => listener);
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'store',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
  });
  table = openTable('test');
  stop = dynamodb.stop;
});
afterAll(() => stop());

let made = 0;
const some = (more: Partial<Channel> = {}): Channel => ({
  id: `ch_${String(++made).padStart(20, '0')}`,
  version: 1,
  type: 'messaging',
  connector: 'dialog360',
  title: 'Support',
  hosting: 'cloud',
  base_url: null,
  agent: {
    kind: 'http',
    url: 'https://agent.example',
    timeout_ms: 30_000,
    events: null,
    header_names: [],
  },
  active: false,
  options: parse(channelOptionsSchema, {}),
  token_last_four: '1234',
  token_sha256: 'a'.repeat(64),
  secret_version: 1,
  access: { webhook_token: [], webhook_header: [], api_key: [], incoming_request_token: [] },
  created_at: new Date(1_795_000_000_000 + made).toISOString(),
  updated_at: '2026-11-23T00:00:00.000Z',
  ...more,
});
const find = (id: string) => findChannel(table, id, { consistent: true });
const make = async (channel: Channel) => {
  await beginChannel(table, channel, 'w');
  return insertChannel(table, channel, 'w1');
};

test('a row comes back as it was written, without the store’s own words', async () => {
  const channel = some();
  expect(await make(channel)).toBe(true);
  expect(await find(channel.id)).toEqual(channel);
  expect(await find('ch_nobody')).toBeNull();
});

test('a row is inserted once; the same write again is no conflict, another is', async () => {
  const channel = some();
  await make(channel);
  expect(await insertChannel(table, channel, 'w1')).toBe(true);
  expect(await insertChannel(table, { ...channel, title: 'Other' }, 'w2')).toBe(false);
  expect(await find(channel.id)).toEqual(channel);
});

test('of many changes from one version exactly one counts', async () => {
  const channel = some();
  await make(channel);
  const changes = Array.from({ length: 10 }, (_, at) => ({
    ...channel,
    version: 2,
    title: `T${at}`,
  }));
  const written = await Promise.all(
    changes.map((change, at) => replaceChannel(table, change, { from: 1, writeId: `w${at + 1}` })),
  );
  expect(written.filter(Boolean)).toHaveLength(1);
  expect(await find(channel.id)).toEqual(changes[written.indexOf(true)]);
});

test('a buried channel cannot be changed, is in no list, and is gone when its time is up', async () => {
  const channel = some();
  await make(channel);
  const now = Date.now();
  const deleted_at = new Date(now).toISOString();
  const tombstone = { ...channel, version: 2, deleted_at };
  expect(await markChannelDeleted(table, tombstone, { from: 1, writeId: 'w2', now })).toBe(true);
  expect(await replaceChannel(table, { ...channel, version: 3 }, { from: 2, writeId: 'w3' })).toBe(
    false,
  );

  expect(await find(channel.id)).toEqual(tombstone);
  const { channels } = await pageOfChannels(table, { limit: 100, now });
  expect(channels.map(({ id }) => id)).not.toContain(channel.id);
  const later = now + 8 * 24 * 60 * 60 * 1000 + 1_000;
  expect(await findChannel(table, channel.id, { consistent: true, now: later })).toBeNull();
});

test('a channel that is being made is no channel, and after a minute it is given up', async () => {
  const channel = some();
  expect(await beginChannel(table, channel, 'w')).toBe(true);
  expect(await beginChannel(table, channel, 'other')).toBe(false);
  expect(await find(channel.id)).toBeNull();
  const soon = Date.parse(channel.created_at) + 59_000;
  const early = await pageOfChannels(table, { limit: 100, now: soon });
  expect(early.abandoned).toEqual([]);
  expect(early.channels.map(({ id }) => id)).not.toContain(channel.id);
  const late = await pageOfChannels(table, { limit: 100, now: soon + 2_000 });
  expect(late.abandoned).toEqual([channel.id]);

  expect(await forgetBegun(table, channel.id)).toBe(true);
  expect(await insertChannel(table, channel, 'w')).toBe(false);
  expect((await pageOfChannels(table, { limit: 100, now: soon + 2_000 })).abandoned).toEqual([]);
});

test('what was finished is not given up', async () => {
  const channel = some();
  await make(channel);
  expect(await forgetBegun(table, channel.id)).toBe(false);
  expect(await find(channel.id)).toEqual(channel);
});

test('pages follow each other without gap or repeat', async () => {
  const ids: string[] = [];
  for (let at = 0; at < 5; at++) {
    const channel = some({ created_at: new Date(1_796_000_000_000).toISOString() });
    await make(channel);
    ids.push(channel.id);
  }
  const seen: string[] = [];
  let cursor: ListPosition | null = null;
  do {
    const page: Awaited<ReturnType<typeof pageOfChannels>> = await pageOfChannels(table, {
      limit: 2,
      cursor,
      now: 0,
    });
    seen.push(...page.channels.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  expect(seen.filter((id) => ids.includes(id))).toEqual(ids);
  expect(new Set(seen).size).toBe(seen.length);
});

const claim = (channel_id: string, row_version = 1, claimed_at = 1) => ({
  channel_id,
  row_version,
  claimed_at,
});
const held = async (sha256: string) => {
  const found = await findClaim(table, sha256);
  return found && claim(found.channel_id, found.row_version, found.claimed_at);
};

test('a token is claimed by one channel, again and again, and by no other', async () => {
  expect(await claimToken(table, 't1', claim('ch_a'))).toBe(true);
  expect(await claimToken(table, 't1', claim('ch_b'))).toBe(false);
  expect(await claimToken(table, 't1', claim('ch_a', 2, 5))).toBe(true);
  expect(await held('t1')).toEqual(claim('ch_a', 2, 5));
});

test('a claim is taken over only while it is the one that was read', async () => {
  await claimToken(table, 't2', claim('ch_a', 3, 7));
  expect(await takeOverClaim(table, 't2', claim('ch_a', 3, 6), claim('ch_b'))).toBe(false);
  expect(await takeOverClaim(table, 't2', claim('ch_a', 3, 7), claim('ch_b'))).toBe(true);
  expect(await takeOverClaim(table, 't2', claim('ch_a', 3, 7), claim('ch_c'))).toBe(false);
  expect(await held('t2')).toEqual(claim('ch_b'));
});

test('a release leaves a newer claim, and one of another channel, alone', async () => {
  await claimToken(table, 't3', claim('ch_a', 4));
  expect(await releaseToken(table, 't3', { channelId: 'ch_a', rowVersion: 3 })).toBe(false);
  expect(await releaseToken(table, 't3', { channelId: 'ch_b', rowVersion: 9 })).toBe(false);
  expect(await releaseToken(table, 't3', { channelId: 'ch_a', rowVersion: 4 })).toBe(true);
  expect(await held('t3')).toBeNull();
});

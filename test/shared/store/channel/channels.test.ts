import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import {
  ADDED_LATER,
  beginChannel,
  findChannel,
  forgetBegun,
  insertChannel,
  type ListPosition,
  markChannelDeleted,
  pageOfChannels,
  replaceChannel,
} from '../../../../shared/store/channel/channels.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();

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

test('a row comes back as it was written, without the attributes that only the store needs', async () => {
  const channel = some();
  expect(await make(channel)).toBe(true);
  expect(await find(channel.id)).toEqual(channel);
  expect(await find('ch_unknown')).toBeNull();
});

test('a fallback template comes back as the operator wrote it, with numbers DynamoDB does not hold', async () => {
  const components = [{ type: 'body', '': [1e-300, 2 ** 60, 1e300, { deep: [[[['x']]]] }] }];
  const fallback_template = { name: 'hello', language: 'de', components };
  const channel = some({ options: parse(channelOptionsSchema, { fallback_template }) });
  expect(await make(channel)).toBe(true);
  expect((await find(channel.id))?.options.fallback_template).toEqual(fallback_template);
  const { channels } = await pageOfChannels(table, { limit: 100, now: Date.now() });
  expect(channels.find(({ id }) => id === channel.id)).toEqual(channel);
});

test('a row is inserted once; repeating the same write is no conflict, another write is', async () => {
  const channel = some();
  await make(channel);
  expect(await insertChannel(table, channel, 'w1')).toBe(true);
  expect(await insertChannel(table, { ...channel, title: 'Other' }, 'w2')).toBe(false);
  expect(await find(channel.id)).toEqual(channel);
});

test('of many changes to one version exactly one is made', async () => {
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

test('a deleted channel cannot be changed, is in no list, and is gone when its tombstone expires', async () => {
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

test('a channel that is being created is not found, and after a minute its creation counts as abandoned', async () => {
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

test('a channel whose creation was finished does not count as abandoned', async () => {
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

test('what a row of an earlier version lacks is what its schema says', () => {
  expect(parse(channelOptionsSchema, {})).toMatchObject(ADDED_LATER);
});

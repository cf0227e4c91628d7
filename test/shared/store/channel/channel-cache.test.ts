import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { openChannelCache } from '../../../../shared/store/channel/channel-cache.ts';
import {
  beginChannel,
  insertChannel,
  markChannelDeleted,
  replaceChannel,
} from '../../../../shared/store/channel/channels.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const MINUTE = 60_000;
let made = 0;
const newChannel = (): Channel => ({
  id: `ch_${++made}`,
  version: 1,
  type: 'messaging',
  connector: 'dialog360',
  title: 'Support',
  hosting: 'cloud',
  base_url: null,
  agent: {
    kind: 'http',
    url: 'https://a.example',
    timeout_ms: 30_000,
    events: null,
    header_names: [],
  },
  active: true,
  options: parse(channelOptionsSchema, {}),
  token_last_four: '1234',
  token_sha256: 'a'.repeat(64),
  secret_version: 1,
  access: { webhook_token: [], webhook_header: [], api_key: [], incoming_request_token: [] },
  created_at: '2026-11-22T10:00:00.000Z',
  updated_at: '2026-11-22T10:00:00.000Z',
});

async function create(channel: Channel): Promise<void> {
  await beginChannel(table, channel, 'w1');
  expect(await insertChannel(table, channel, 'w1')).toBe(true);
}

/** A cache with a clock of its own, and a channel that exists. */
async function open() {
  const channel = newChannel();
  await create(channel);
  const clock = { now: Date.parse('2026-11-22T10:00:00Z') };
  const cache = openChannelCache(table, () => clock.now);
  const retitle = (title: string, from: number) =>
    replaceChannel(table, { ...channel, title, version: from + 1 }, { from, writeId: title });
  table.calls.splice(0);
  return { channel, cache, clock, retitle };
}

test('a row is read from the table once a minute', async () => {
  const { channel, cache, clock } = await open();
  expect(await cache.read(channel.id)).toEqual(channel);
  clock.now += MINUTE - 1;
  expect(await cache.read(channel.id)).toEqual(channel);
  expect(table.calls).toEqual(['GetItem']);
  clock.now += 1;
  await cache.read(channel.id);
  expect(table.calls).toEqual(['GetItem', 'GetItem']);
});

test('a change is seen after a minute at the latest, and at once by a caller that reads again', async () => {
  const { channel, cache, clock, retitle } = await open();
  await cache.read(channel.id);
  await retitle('Sales', 1);
  expect((await cache.read(channel.id))?.title).toBe('Support');
  clock.now += MINUTE;
  expect((await cache.read(channel.id))?.title).toBe('Sales');

  await retitle('Help', 2);
  expect((await cache.readAgain(channel.id))?.title).toBe('Help');
  table.calls.splice(0);
  expect((await cache.read(channel.id))?.title).toBe('Help'); // what was read again is kept
  expect(table.calls).toEqual([]);
});

test('the cache never remembers that there is no channel: it may be created at any moment', async () => {
  const { cache } = await open();
  const late = newChannel();
  expect(await cache.read(late.id)).toBeNull();
  expect(await cache.readAgain(late.id)).toBeNull();
  await beginChannel(table, late, 'w1');
  expect(await cache.read(late.id)).toBeNull(); // nor while it is being made
  await insertChannel(table, late, 'w1');
  expect(await cache.read(late.id)).toEqual(late);
});

test('reading again asks the table every time', async () => {
  const { channel, cache } = await open();
  for (let time = 0; time < 3; time++) await cache.readAgain(channel.id);
  expect(table.calls).toEqual(['GetItem', 'GetItem', 'GetItem']);
});

test('a deleted channel stays known as deleted until its tombstone expires, and not a moment longer', async () => {
  const { channel, cache, clock } = await open();
  const deleted = { ...channel, version: 2, active: false, deleted_at: '2026-11-22T10:00:00.000Z' };
  await markChannelDeleted(table, deleted, { from: 1, writeId: 'w2', now: clock.now });
  expect(await cache.read(channel.id)).toMatchObject({ active: false });
  clock.now += 8 * 24 * 60 * MINUTE; // the item itself is still there: the table deletes late
  expect(await cache.read(channel.id)).toBeNull();
});

test('while the table is away a known row is used for the rest of its minute, and then reading fails', async () => {
  const { channel, cache, clock } = await open();
  await cache.read(channel.id);
  table.hooks.add(() => 'fail');
  clock.now += MINUTE - 1;
  expect(await cache.read(channel.id)).toEqual(channel);
  await expect(cache.readAgain(channel.id)).rejects.toMatchObject({ code: 'unavailable' });
  clock.now += 1;
  await expect(cache.read(channel.id)).rejects.toMatchObject({ code: 'unavailable' });
});

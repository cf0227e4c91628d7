import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { StatusesDeps } from '../../../functions/statuses/deps.ts';
import { probeChannel } from '../../../functions/statuses/probe-channel.ts';
import { openProbeTurns } from '../../../functions/statuses/probe-turns.ts';
import { type HttpAnswer, json } from '../../../infra/local/http/serve.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { idOf } from '../../../shared/kernel/hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { findChannel } from '../../../shared/store/channel/channels.ts';
import { channelKey, dueKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { useProviderStub } from '../../support/provider-stub.ts';
import { until } from '../../support/runtime-until.ts';
import { useTable } from '../../support/table.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const MINUTE = 60_000;
const table = useTable();
const provider = useProviderStub();
const said = vi.spyOn(log, 'info');
let deps: StatusesDeps;
beforeAll(() => {
  deps = {
    table,
    secrets: { read: async () => ({ token: 'key-1' }) as ChannelSecrets },
    reach: 'local',
    probeTurns: openProbeTurns(table, () => NOW),
    probeIntervalMs: MINUTE,
    now: () => NOW,
  } as unknown as StatusesDeps;
});
beforeEach(() => {
  said.mockClear().mockImplementation(() => {});
});

let made = 0;
const block = { code: 131042, reason: 'No bill was paid.', since: NOW - MINUTE };
/** A channel's row with just what a probe looks at. */
async function channel(more: Partial<Channel> = {}): Promise<Channel> {
  const { hosting, base_url } = provider.account();
  const row = {
    id: `ch_${++made}`,
    active: true,
    secret_version: 1,
    hosting,
    base_url,
    blocked: block,
    ...more,
  } as Channel;
  await putItem(table, { ...channelKey(row.id), ...row });
  return row;
}
const markOf = async ({ id }: Channel) => (await findChannel(table, id))?.blocked;
const nextProbe = ({ id }: Channel) => table.look(dueKey(idOf('due', 'probe', id)));
const health = (state: string): HttpAnswer =>
  json(200, { health_status: { can_send_message: state, entities: [] } });

test.each([
  { what: 'healthy', answer: health('AVAILABLE') },
  { what: 'limited, as many always are', answer: health('LIMITED') },
  { what: 'of unknown health', answer: json(404, {}) },
])('a number that is $what may try again: the mark is removed, and the log says so', async ({
  answer,
}) => {
  const blocked = await channel();
  provider.says(answer);
  expect(await probeChannel(deps, blocked, { receives: 1 })).toBe('done');
  expect(await markOf(blocked)).toBeUndefined();
  expect(said).toHaveBeenCalledWith('channel-unblocked', { channel_id: blocked.id, code: 131042 });
  expect(provider.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /base/health_status',
  ]);
});

test.each([
  { what: 'blocked', answer: health('BLOCKED') },
  { what: 'known, but whose key is refused', answer: json(401, {}) },
  { what: 'out of reach because the provider is away', answer: json(502, {}) },
])('a number that is $what is looked at again in a minute', async ({ answer }) => {
  const blocked = await channel();
  provider.says(answer);
  expect(await probeChannel(deps, blocked, { receives: 1 })).toBe('done');
  expect(await markOf(blocked)).toEqual(block);
  expect(await nextProbe(blocked)).toMatchObject({
    at: NOW + MINUTE,
    job: { kind: 'probe', channel_id: blocked.id },
  });
});

test('when the probe fails, the next one is already scheduled: no mark stays for good', async () => {
  const blocked = await channel();
  const read = () => Promise.reject(new Failure('unavailable', { what: 'secrets' }));
  const away = { ...deps, secrets: { ...deps.secrets, read } };
  await expect(probeChannel(away, blocked, { receives: 1 })).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(await nextProbe(blocked)).toMatchObject({ at: NOW + MINUTE });
});

test.each([
  { what: 'is not blocked any more', more: { blocked: undefined } },
  { what: 'was switched off', more: { active: false } },
] as {
  what: string;
  more: Partial<Channel>;
}[])('of a channel that $what the provider is not asked, and no probe follows', async ({
  more,
}) => {
  const row = await channel(more);
  expect(await probeChannel(deps, row, { receives: 1 })).toBe('done');
  expect(provider.asked).toEqual([]);
  expect(await nextProbe(row)).toBeNull();
});

test('a channel that was blocked anew while the provider was asked keeps the newer mark', async () => {
  const blocked = await channel();
  provider.says(health('AVAILABLE'));
  const newer = { ...block, since: NOW };
  await putItem(table, { ...channelKey(blocked.id), ...blocked, blocked: newer });
  expect(await probeChannel(deps, blocked, { receives: 1 })).toBe('done');
  expect(await markOf(blocked)).toEqual(newer);
  expect(said).not.toHaveBeenCalledWith('channel-unblocked', expect.anything());
});

test('two probes at once remove the mark and log it once', async () => {
  const blocked = await channel();
  provider.says(health('AVAILABLE'));
  await Promise.all([
    probeChannel(deps, blocked, { receives: 1 }),
    probeChannel(deps, blocked, { receives: 1 }),
  ]);
  expect(await markOf(blocked)).toBeUndefined();
  expect(said.mock.calls.filter(([what]) => what === 'channel-unblocked')).toHaveLength(1);
});

test('while a provider hangs, no other invocation waits for one: its probe comes back, and in the end gives way to the next', async () => {
  const [hung, other] = [await channel(), await channel()];
  const elsewhere = { ...deps, probeTurns: openProbeTurns(table, () => NOW) };
  const { promise, resolve: answer } = Promise.withResolvers<HttpAnswer>();
  provider.says(promise);
  const first = probeChannel(deps, hung, { receives: 1 });
  await until(() => provider.asked.length === 1);

  expect(await probeChannel(elsewhere, other, { receives: 1 })).toEqual({ waitMs: 2_000 });
  expect(await probeChannel(elsewhere, other, { receives: 10 })).toBe('done');
  expect(await nextProbe(other)).toMatchObject({ at: NOW + MINUTE });
  // One of the same batch asks beside it.
  const beside = probeChannel(deps, other, { receives: 1 });
  await until(() => provider.asked.length === 2);

  answer(health('BLOCKED'));
  expect(await Promise.all([first, beside])).toEqual(['done', 'done']);
  provider.says(health('AVAILABLE'));
  expect(await probeChannel(elsewhere, other, { receives: 2 })).toBe('done');
  expect(await markOf(other)).toBeUndefined();
});

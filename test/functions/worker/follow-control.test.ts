import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkerDeps } from '../../../functions/worker/deps.ts';
import { followControl } from '../../../functions/worker/follow-control.ts';
import { takeTurn } from '../../../functions/worker/take-turn.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { MessageJob } from '../../../shared/contract/jobs.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { firstJobsGate } from '../../support/call-gate.ts';
import { dieBeforeCall } from '../../support/die-before-call.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';
import { useTable } from '../../support/table.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const table = useTable();
const secrets = { agent_secret: 'whsec_AAAA', previous_agent_secret: null, agent_headers: {} };
let agent: AgentDouble;
let deps: WorkerDeps;
let channel: Channel;
let phone = '';
let met = 0;

beforeAll(async () => {
  agent = await startAgentDouble();
  deps = {
    table,
    secrets: { read: async () => secrets },
    queues: openQueues({ outbound: 'https://sqs.example/outbound.fifo' }),
    gate: firstJobsGate(table, () => NOW),
    reach: 'local',
    now: () => NOW,
    newChatId: () => randomBytes(20).toString('hex'),
  } as unknown as WorkerDeps;
});
afterAll(() => agent.stop());
beforeEach(() => {
  met += 1;
  phone = `49171500${String(met).padStart(4, '0')}`;
  channel = someChannel(`ch_${met}`);
  agent.requests.splice(0);
});

const someChannel = (id: string) =>
  ({
    id,
    title: 'Support',
    secret_version: 1,
    agent: { kind: 'http', url: agent.url, timeout_ms: 2_000, events: null },
    options: { dialog_idle_minutes: 60, stop_words: [], start_words: [] },
    blocked: null,
  }) as unknown as Channel;

const visitor = () => ({ phone, bsuid: null, username: null });
const message = (id: string, sentAt: number, standby: boolean): MessageJob => ({
  channel_id: channel.id,
  received_at: NOW,
  item: {
    kind: 'message',
    message: {
      id,
      payload_version: 'v2',
      from: visitor(),
      name: 'Anna',
      sent_at: sentAt,
      content: { kind: 'text' },
      text: 'hello',
      ...(standby && { standby: true }),
    },
  },
});
type ChangeJob = Parameters<typeof followControl>[2];
const change = (holder: 'us' | 'meta', at: number): ChangeJob => ({
  channel_id: channel.id,
  received_at: NOW,
  item: {
    kind: 'control-change',
    change: { id: `ctl_${holder}_${at}`, visitor: visitor(), holder, at },
  },
});
const chat = async () =>
  (await table.lookAll(`CHAT#${channel.id}`))[0] ??
  ((await table.everything()).find((item) => item.phone === phone) as Chat | undefined);
const handovers = () => agent.requests.flatMap(({ event }) => ('handover' in event ? [event] : []));
const toldOf = () => new Set(handovers().map(({ event }) => event.id));

describe('whichever call it dies before, the job that comes again', () => {
  test.each([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
  ])('tells of the hold, before call %i', async (dies) => {
    const job = message('wamid.s', NOW - 1_000, true);
    const hook = dieBeforeCall(dies);
    table.hooks.add(hook);
    await takeTurn(deps, channel, job).catch(() => {});
    table.hooks.delete(hook);
    expect(await takeTurn(deps, channel, job)).toBe('done');
    expect(toldOf().size).toBe(1);
    expect(handovers().every(({ handover }) => handover.by === 'meta')).toBe(true);
    expect(await chat()).toMatchObject({ control: { holder: 'meta', at: NOW - 1_000 } });
    expect(agent.turns()).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7])('tells of its end, before call %i', async (dies) => {
    await takeTurn(deps, channel, message('wamid.s', NOW - 9_000, true));
    agent.requests.splice(0);
    const hook = dieBeforeCall(dies);
    table.hooks.add(hook);
    await followControl(deps, channel, change('us', NOW - 5_000)).catch(() => {});
    table.hooks.delete(hook);
    expect(await followControl(deps, channel, change('us', NOW - 5_000))).toBe('done');
    expect(toldOf().size).toBe(1);
    expect(handovers()[0]?.handover).toMatchObject({ by: 'meta', until: expect.any(String) });
    expect(await chat()).toMatchObject({ control: { holder: 'us' } });
  });
});

test('a handover of a visitor whom we do not know makes no chat, and is not told', async () => {
  expect(await followControl(deps, channel, change('meta', NOW))).toBe('done');
  expect(handovers()).toEqual([]);
  expect(await chat()).toBeUndefined();
});

test('handovers and copies of one visitor at once end in what the newest of them says', async () => {
  await takeTurn(deps, channel, message('wamid.first', NOW - 60_000, true));
  await Promise.all([
    takeTurn(deps, channel, message('wamid.late', NOW - 50_000, true)),
    followControl(deps, channel, change('us', NOW - 40_000)),
    followControl(deps, channel, change('meta', NOW - 30_000)),
    followControl(deps, channel, change('us', NOW - 20_000)),
    takeTurn(deps, channel, message('wamid.later', NOW - 10_000, true)),
  ]);
  expect(await chat()).toMatchObject({
    control: { holder: 'meta' },
    last_inbound_at: NOW - 10_000,
  });
});

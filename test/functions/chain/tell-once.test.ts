import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JobEnd } from '../../../functions/chain/queue.ts';
import { type Telling, tellOnce } from '../../../functions/chain/tell-once.ts';
import { json } from '../../../infra/local/http/serve.ts';
import type { AgentEvent } from '../../../shared/contract/agent-event.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import type { Secrets } from '../../../shared/secrets/secrets.ts';
import { findTurn } from '../../../shared/store/turns.ts';
import { firstJobsGate } from '../../support/call-gate.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';
import { useTable } from '../../support/table.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const table = useTable();
const secrets = { agent_secret: 'whsec_AAAA', previous_agent_secret: null, agent_headers: {} };
let agent: AgentDouble;
let eventId = '';
let made = 0;
beforeAll(async () => {
  agent = await startAgentDouble();
});
afterAll(() => agent.stop());
beforeEach(() => {
  eventId = `evt_${++made}`;
  agent.requests.splice(0);
});

const tell = (found: Telling | JobEnd) => {
  const deps = {
    table,
    secrets: { read: async () => secrets as unknown as ChannelSecrets } as unknown as Secrets,
    reach: 'local' as const,
    now: () => NOW,
    gate: firstJobsGate(table, () => NOW),
  };
  const channel = {
    id: 'ch_1',
    secret_version: 1,
    agent: { kind: 'http', url: agent.url, timeout_ms: 2_000 },
  };
  return tellOnce(deps, channel as Channel, eventId, async () => found);
};
const telling = (): Telling => ({
  chatId: 'c1',
  eventFor: ({ attempt }) =>
    ({
      version: 1,
      event: { id: eventId, type: 'handover', at: '', attempt, trace_id: eventId },
    }) as AgentEvent,
});
const outcome = async () => (await findTurn(table, { channelId: 'ch_1', eventId }))?.outcome;
const heard = () => agent.requests.map(({ event }) => [event.event.id, event.event.attempt]);

test('the agent is told once, however often the job comes', async () => {
  expect(await tell(telling())).toBe('done');
  expect(await tell(telling())).toBe('done');
  expect(heard()).toEqual([[eventId, 1]]);
  expect(await outcome()).toEqual({ kind: 'told' });
});

test('an agent that cannot be told is tried twice in one job, and not by the next one', async () => {
  agent.next(json(500, {}), json(500, {}));
  await tell(telling());
  await tell(telling());
  expect(heard()).toEqual([
    [eventId, 1],
    [eventId, 2],
  ]);
});

test('an event the agent need not hear of is marked, and the agent is not called', async () => {
  expect(await tell({ chatId: null, eventFor: null })).toBe('done');
  expect(heard()).toEqual([]);
  expect(await outcome()).toEqual({ kind: 'told' });
});

test.each([
  { end: 'done' as const },
  { end: { waitMs: 4_000 } },
])('a job that its story ends with $end is not marked: the next one tells', async ({ end }) => {
  expect(await tell(end)).toEqual(end);
  expect(heard()).toEqual([]);
  expect(await outcome()).toBeNull();
  await tell(telling());
  expect(heard()).toEqual([[eventId, 1]]);
});

test('a death between the telling and its mark tells again, under the same event id', async () => {
  let updates = 0;
  table.hooks.add(({ operation, moment }) => {
    if (operation !== 'UpdateItem' || moment !== 'before') return 'pass';
    updates += 1;
    return updates === 1 ? 'pass' : 'fail';
  });
  await expect(tell(telling())).rejects.toMatchObject({ code: 'unavailable' });
  table.hooks.clear();
  await tell(telling());
  expect(heard()).toEqual([
    [eventId, 1],
    [eventId, 1],
  ]);
});

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../../infra/local/http/serve.ts';
import { type AgentCall, askHttpAgent, notifyAgent } from '../../../shared/agent/http-agent.ts';
import type { AgentEvent } from '../../../shared/contract/agent-event.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import {
  type AgentDouble,
  type AgentRequest,
  startAgentDouble,
} from '../../support/runtime-agent.ts';

let agent: AgentDouble;
beforeAll(async () => {
  agent = await startAgentDouble();
});
afterAll(() => agent.stop());
beforeEach(() => agent.requests.splice(0));

const now = Date.parse('2026-11-22T10:00:00.900Z');
const keys = { new: Buffer.from('n'.repeat(32)), old: Buffer.from('o'.repeat(32)) };
const whsec = (key: Buffer) => `whsec_${key.toString('base64')}`;
const secrets: ChannelSecrets = {
  token: 'the provider’s key',
  agent_secret: whsec(keys.new),
  previous_agent_secret: null,
  agent_headers: { Authorization: 'Bearer agent-key', 'X-Route': 'a' },
  webhook_token: 'w',
  webhook_header: 'h',
  incoming_request_token: 'i',
};
const event = {
  version: 1,
  event: {
    id: 'evt_1',
    type: 'handover',
    at: '2026-11-22T10:00:00.000Z',
    attempt: 2,
    trace_id: 'evt_0',
  },
  handover: { by: 'human', note: 'Grüße 👋' },
} as unknown as AgentEvent;

const call = (more: Partial<AgentCall> = {}, timeoutMs = 2_000): AgentCall => ({
  channel: {
    agent: { kind: 'http', url: agent.url, timeout_ms: timeoutMs, events: null, header_names: [] },
  },
  secrets,
  event,
  reach: 'local',
  now,
  ...more,
});

test('an event goes as signed JSON, with the channel’s own headers and its id', async () => {
  agent.next(json(200, { replies: ['Hi'] }));
  const begun = Math.floor(Date.now() / 1000);
  expect(await askHttpAgent(call())).toEqual({
    reply: { kind: 'answered', answer: { replies: ['Hi'], dialog: 'open' } },
    failed: false,
  });

  const [request] = agent.requests;
  expect(request?.event).toEqual(event);
  expect(request?.headers).toMatchObject({
    authorization: 'Bearer agent-key',
    'x-route': 'a',
    'content-type': 'application/json',
    'idempotency-key': 'evt_1',
    'webhook-id': 'evt_1',
    'webhook-trace-id': 'evt_0',
    'webhook-signature': signature(keys.new, request),
  });
  // When it left, by this machine: an agent knows nothing of any other time.
  const signedAt = Number(request?.headers['webhook-timestamp']);
  expect(signedAt).toBeGreaterThanOrEqual(begun);
  expect(signedAt).toBeLessThanOrEqual(Date.now() / 1000);
  expect(JSON.stringify(request)).not.toContain('the provider’s key');
});

const signature = (key: Buffer, request: AgentRequest | undefined) => {
  const { headers, raw } = request ?? expect.fail('the agent was not asked');
  const signed = `evt_1.${headers['webhook-timestamp']}.${raw}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
};

// biome-ignore format: a table reads by column
const graces = [
  { when: '1 ms of its grace is left',  until: now + 1, signs: [keys.new, keys.old] },
  { when: 'its grace ends this instant', until: now,    signs: [keys.new] },
  { when: 'its grace is over',          until: now - 1, signs: [keys.new] },
];

test.each(graces)('the old secret signs too when $when', async ({ until, signs }) => {
  const previous = { secret: whsec(keys.old), valid_until: until };
  await askHttpAgent(call({ secrets: { ...secrets, previous_agent_secret: previous } }));
  const [request] = agent.requests;
  const expected = signs.map((key) => signature(key, request)).join(' ');
  expect(request?.headers['webhook-signature']).toBe(expected);
});

test('a header of the channel’s never takes the place of our own', async () => {
  const agent_headers = { 'Webhook-Id': 'x', 'IDEMPOTENCY-KEY': 'x', 'Content-Type': 'text/plain' };
  await askHttpAgent(call({ secrets: { ...secrets, agent_headers } }));
  expect(agent.requests[0]?.headers).toMatchObject({
    'webhook-id': 'evt_1',
    'idempotency-key': 'evt_1',
    'content-type': 'application/json',
  });
});

const KB_256 = 256 * 1024;
const long = (bytes: number): HttpAnswer => ({
  status: 200,
  body: `{"replies":["${'x'.repeat(bytes - '{"replies":[""]}'.length)}"]}`,
});

test('an answer of 256 KB is read, one of a byte more is refused for good', async () => {
  agent.next(long(KB_256), long(KB_256 + 1));
  expect(await askHttpAgent(call())).toMatchObject({ reply: { kind: 'answered' }, failed: false });
  expect(await askHttpAgent(call())).toMatchObject({
    reply: { kind: 'refused', code: 'agent-answer-too-large' },
    failed: false,
  });
});

test('an agent that takes longer than its channel allows has timed out', async () => {
  agent.next('no-answer');
  expect(await askHttpAgent(call({}, 50))).toEqual({ reply: { kind: 'timeout' }, failed: true });
  agent.next('no-answer');
  expect(await notifyAgent(call({}, 50))).toEqual({
    heard: false,
    reason: 'no answer in time',
    failed: true,
  });
});

test('a call that is ended counts as not answered, and the agent sees its connection closed', async () => {
  const ending = new AbortController();
  agent.next('no-answer');
  const asked = askHttpAgent(call({ signal: ending.signal }));
  await expect.poll(() => agent.requests.length).toBe(1);
  ending.abort();
  expect(await asked).toMatchObject({ reply: { kind: 'unavailable', reason: 'ended' } });
});

test('a call that is ended before it begins is not made', async () => {
  expect(await askHttpAgent(call({ signal: AbortSignal.abort() }))).toMatchObject({
    reply: { kind: 'unavailable', reason: 'ended' },
  });
  expect(agent.requests).toEqual([]);
});

// biome-ignore format: a table reads by column
const tellings: { says: HttpAnswer; heard: boolean; reason?: string; failed?: true }[] = [
  { says: json(200, { replies: ['dropped'] }), heard: true },
  { says: { status: 200, body: '<html>' },     heard: true },
  { says: { status: 201 },                     heard: true },
  { says: { status: 202 },                     heard: true },
  { says: { status: 204 },                     heard: true },
  { says: { status: 302, headers: { location: '/' } }, heard: false, reason: 'HTTP 302, a redirect to another path, which is not followed' },
  { says: { status: 404 },                     heard: false, reason: 'HTTP 404, the agent has nothing at this address' },
  { says: { status: 500 },                     heard: false, reason: 'HTTP 500', failed: true },
  { says: 'reset',                             heard: false, reason: 'reset', failed: true },
];

test.each(
  tellings,
)('an event whose replies are not taken, answered with $says: heard = $heard', async ({
  says,
  heard,
  reason,
  failed = false,
}) => {
  agent.next(says);
  expect(await notifyAgent(call())).toEqual({ heard, reason, failed });
});

test('in the cloud an agent on this machine is refused, and never called', async () => {
  expect(await askHttpAgent(call({ reach: 'public' }))).toEqual({
    reply: {
      kind: 'refused',
      code: 'agent-address-refused',
      reason: 'the address is not https',
    },
    failed: false,
  });
  expect(await notifyAgent(call({ reach: 'public' }))).toEqual({
    heard: false,
    reason: 'the address is not https',
    failed: false,
  });
  expect(agent.requests).toEqual([]);
});

test('an agent with a key gets it as a bearer token, unless a header of the operator’s own says otherwise', async () => {
  const keyed = { ...secrets, agent_api_key: 'key-1' };
  await askHttpAgent(call({ secrets: { ...keyed, agent_headers: {} } }));
  await askHttpAgent(call({ secrets: { ...keyed, agent_headers: { authorization: 'own' } } }));
  expect(agent.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer key-1',
    'own',
  ]);
});

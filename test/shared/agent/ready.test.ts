import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../../infra/local/http/serve.ts';
import { askWhetherReady } from '../../../shared/agent/ready.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';

let agent: AgentDouble;
beforeAll(async () => {
  agent = await startAgentDouble();
});
afterAll(() => agent.stop());

const key = Buffer.from('0123456789abcdef0123456789abcdef');
const secrets = {
  agent_secret: `whsec_${key.toString('base64')}`,
  previous_agent_secret: null,
  agent_headers: {},
} as unknown as ChannelSecrets;
const now = Date.parse('2026-11-23T10:00:00Z');

const ask = (url = agent.url, reach: 'local' | 'public' = 'local') =>
  askWhetherReady({
    channel: { agent: { kind: 'http', url, timeout_ms: 30_000, events: null, header_names: [] } },
    secrets,
    eventId: 'evt_1',
    reach,
    now,
    timeoutMs: 300,
  });

const ready = { kind: 'ready' };
const doubted = (why: string, status: number) => ({ kind: 'ready', doubt: { why, status } });
const silent = (reason: string) => ({ kind: 'silent', reason });

// biome-ignore format: a table reads by column
const cases: { when: string; says: HttpAnswer; means: object }[] = [
  { when: 'it says so',                       says: json(200, { ready: true }),                    means: ready },
  { when: 'it says nothing',                  says: { status: 204 },                               means: ready },
  { when: 'it answers a turn',                says: json(200, { replies: ['Hi'] }),                means: ready },
  { when: 'it answers null',                  says: json(200, null),                               means: ready },
  { when: 'it answers a list',                says: json(200, []),                                 means: ready },
  { when: 'it wants a key',                   says: json(401, {}),                                 means: doubted('unauthorized', 401) },
  { when: 'it forbids it',                    says: json(403, {}),                                 means: doubted('unauthorized', 403) },
  { when: 'its address is another',           says: json(404, {}),                                 means: doubted('not-found', 404) },
  { when: 'its address takes no POST',        says: json(405, {}),                                 means: doubted('not-found', 405) },
  { when: 'it does not know the event',       says: json(422, {}),                                 means: doubted('refuses', 422) },
  { when: 'it is a web page',                 says: { status: 200, body: '\ufeff\n <!doctype html><p>Hi</p>' }, means: doubted('html', 200) },
  { when: 'it says a word',                   says: { status: 200, body: 'OK' },                   means: ready },
  { when: 'it redirects',                     says: { status: 301, headers: { location: '/x' } },  means: doubted('redirects', 301) },
  { when: '"ready" is a text',                says: json(200, { ready: 'false' }),                 means: ready },
  { when: 'it is not ready',                  says: json(200, { ready: false }),                   means: { kind: 'not-ready', reason: null } },
  { when: 'it says why it is not ready',      says: json(200, { ready: false, reason: 'no model' }), means: { kind: 'not-ready', reason: 'no model' } },
  { when: 'it is not ready in an error',      says: json(503, { ready: false, reason: 7 }),        means: { kind: 'not-ready', reason: null } },
  { when: 'its reason is a book',             says: json(200, { ready: false, reason: 'x'.repeat(999) }), means: { kind: 'not-ready', reason: 'x'.repeat(300) } },
  { when: 'it is not ready after a mark of the byte order', says: { status: 200, body: '\ufeff{"ready":false}' }, means: { kind: 'not-ready', reason: null } },
  { when: 'it fails',                         says: json(500, { error: 'x' }),                     means: silent('HTTP 500') },
  { when: 'it never answers',                 says: 'no-answer',                                   means: silent('timeout') },
  { when: 'it breaks the line',               says: 'reset',                                       means: silent('reset') },
];

test.each(cases)('when $when', async ({ says, means }) => {
  agent.answerWith(() => says);
  expect(await ask()).toEqual(means);
});

test('an agent that does not listen, or whose address may not be used, is silent, with the reason', async () => {
  expect(await ask('http://127.0.0.1:1/turn')).toEqual(silent('ECONNREFUSED'));
  expect(await ask(agent.url, 'public')).toEqual(silent('the address is not https'));
});

test('the question is signed by the published scheme', async () => {
  agent.answerWith(() => ({ ready: true }));
  await ask();
  const { headers, raw, event } = agent.requests.at(-1) ?? expect.fail('the agent was not asked');
  expect(event).toEqual({
    version: 1,
    event: {
      id: 'evt_1',
      type: 'ready',
      at: '2026-11-23T10:00:00.000Z',
      attempt: 1,
      trace_id: 'evt_1',
    },
  });
  const signed = `evt_1.${headers['webhook-timestamp']}.${raw}`;
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  expect(headers).toMatchObject({
    'webhook-id': 'evt_1',
    'webhook-signature': `v1,${signature}`,
    'idempotency-key': 'evt_1',
  });
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AGENT_KINDS, type AgentKind } from '../../../shared/contract/agent-kind.ts';
import { startWireDouble, type WireDouble } from '../../support/wire-double.ts';
import { openStage, PLENTY } from './stage.ts';

const stage = openStage();
let wire: WireDouble;
beforeAll(async () => {
  wire = await startWireDouble();
});
afterAll(() => wire.stop());
beforeEach(() => {
  wire.requests.splice(0);
  wire.usually(() => ({}));
});

/** A channel with this agent is asked `ping`, and nothing in the table is written meanwhile. */
async function ask(
  agent: Record<string, unknown>,
  more: { question?: string; timeLimits?: { askMs: number } } = {},
) {
  const created = await stage.create({ agent: { url: wire.url, ...agent } });
  const { id } = created.body.channel;
  wire.requests.splice(0);
  const written: string[] = [];
  stage.hooks.add(({ operation, moment }) => {
    if (moment === 'before' && /Put|Update|Delete|Write/.test(operation)) written.push(operation);
    return 'pass';
  });
  const deps = { timeLimits: { ...PLENTY, ...more.timeLimits } };
  const { question = 'ping' } = more;
  const body = { ask: question };
  const answer = await stage.send(`POST /admin/channels/${id}/check`, body, { deps });
  expect(written).toEqual([]);
  const codes = (answer.body.findings ?? []).map(({ code }) => code);
  return { ...answer, codes, asked: answer.body.asked };
}

const RUNTIME = 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/desk-Ab1';
const model = { model: 'small' };

// biome-ignore format: a table reads by column
const kinds: { kind: AgentKind; settings?: object; answers: unknown; free: boolean }[] = [
  { kind: 'http',              answers: { replies: ['pong'] },                                              free: true },
  { kind: 'openai-chat',       settings: model, answers: { choices: [{ message: { content: 'pong' } }] },   free: true },
  { kind: 'anthropic',         settings: model, answers: { content: [{ type: 'text', text: 'pong' }] },     free: true },
  { kind: 'webim',             answers: { has_answer: true, messages: [{ kind: 'operator', text: 'pong' }] }, free: false },
  { kind: 'rasa',              answers: [{ text: 'pong' }],                                                 free: true },
  { kind: 'n8n',               answers: { output: 'pong' },                                                 free: false },
  { kind: 'a2a',               answers: { result: { message: { role: 'ROLE_AGENT', parts: [{ text: 'pong' }] } } }, free: true },
  { kind: 'langgraph',         settings: { assistant_id: 'desk' }, answers: { messages: [{ type: 'ai', content: 'pong' }] }, free: true },
  { kind: 'bedrock-agentcore', settings: { runtime_arn: RUNTIME }, answers: { result: 'pong' },             free: false },
  { kind: 'custom',            settings: { request: { q: '{{event.text}}' }, answer: '/a' }, answers: { a: 'pong' }, free: false },
];

test('every kind stands in the table', () => {
  expect(kinds.map(({ kind }) => kind).toSorted()).toEqual([...AGENT_KINDS].toSorted());
});

test.each(kinds)('an agent of kind $kind is asked one real question, of no chat', async ({
  kind,
  settings,
  answers,
  free,
}) => {
  wire.usually(() => answers);
  const { asked, codes, body } = await ask({ kind, ...settings });
  expect(asked).toEqual({
    text: 'ping',
    outcome: 'answered',
    replies: [{ kind: 'text', text: 'pong', refused: null }],
    dialog: 'open',
    code: null,
    reason: null,
    took_ms: expect.any(Number),
  });
  expect(codes).toContain('agent-answered');
  expect(codes).not.toContain('agent-not-asked');
  const turns = wire.requests.filter(({ body: sent }) => JSON.stringify(sent)?.includes('ping'));
  expect(turns).toHaveLength(1);
  expect(turns[0]?.headers['idempotency-key']).toMatch(/^evt_[0-9a-f]{32}$/);

  const unasked = await stage.send(`POST /admin/channels/${body.channel.id}/check`);
  const finding = unasked.body.findings?.find(({ code }) => code === 'agent-not-asked');
  expect(finding === undefined).toBe(free);
  if (!free) expect(finding?.cure).toContain('check --ask "ping"');
  expect(unasked.body.asked).toBeUndefined();
});

test('an agent of our own contract sees that it is a test, and of no person', async () => {
  wire.usually(() => ({ replies: [] }));
  await ask({ kind: 'http' }, { question: 'Are you there?' });
  const turn = wire.requests.find(({ body }) => Object(body?.event).type === 'message')?.body;
  expect(turn).toMatchObject({
    event: { is_test: true, attempt: 1 },
    chat: { id: expect.stringMatching(/^[0-9a-f]{40}$/), is_new: true },
    context: { channel_visitor_phone: '', client_message: 'Are you there?' },
    message: { kind: 'text', text: 'Are you there?' },
  });
});

// biome-ignore format: a table reads by column
const ends: { what: string; says: unknown; code: string; asked: object }[] = [
  { what: 'buttons',            says: { replies: [{ type: 'buttons', text: 'Which?', buttons: ['A', 'B'] }] }, code: 'agent-answered', asked: { replies: [{ kind: 'buttons', text: expect.stringContaining('Which?'), refused: null }] } },
  { what: 'a picture',          says: { replies: [{ type: 'attachment', kind: 'image', url: 'https://p.example/a.png' }] }, code: 'agent-answered', asked: { replies: [{ kind: 'image', text: 'https://p.example/a.png' }] } },
  { what: 'a pause and a text', says: { replies: [{ type: 'pause', seconds: 2 }, 'pong'] },      code: 'agent-answered',         asked: { replies: [{ kind: 'pause', text: '2 seconds' }, { text: 'pong' }] } },
  { what: 'an operator',        says: { replies: ['One moment.'], dialog: 'operator' },          code: 'agent-answered',         asked: { dialog: 'operator' } },
  { what: 'an unknown dialog',  says: { replies: ['Bye.'], dialog: 'closed' },                   code: 'agent-answered',         asked: { dialog: 'open', code: 'agent-answer-odd', reason: expect.stringContaining('perhaps `close`') } },
  { what: 'nothing',            says: {},                                                        code: 'agent-answered-nothing', asked: { outcome: 'answered', replies: [], code: 'agent-answer-odd' } },
  { what: 'a bad reply',        says: { replies: ['pong', { type: 'text' }] },                   code: 'agent-reply-refused',    asked: { replies: [{ refused: null }, { refused: expect.stringMatching(/^reply-invalid: text/) }] } },
  { what: 'that it writes later', says: { status: 202 },                                         code: 'agent-answers-later',    asked: { outcome: 'later', dialog: null } },
  { what: 'a refusal',          says: { status: 401 },                                           code: 'agent-answer-failed',    asked: { outcome: 'failed', code: 'agent-rejected', reason: 'HTTP 401, the agent refuses our signature' } },
  { what: 'an error of its own', says: { status: 503 },                                          code: 'agent-answer-failed',    asked: { outcome: 'failed', code: 'agent-unavailable' } },
  { what: 'a page',             says: { status: 200, body: '<html>' },                                      code: 'agent-answer-failed',    asked: { outcome: 'failed', code: 'agent-answer-invalid' } },
  { what: 'nothing at all',     says: 'no-answer',                                               code: 'agent-answer-failed',    asked: { outcome: 'failed', code: expect.stringMatching(/^agent-(timeout|unavailable)$/), reason: expect.stringMatching(/a turn waits 30000 ms|timeout/) } },
];

test.each(ends)('an agent that answers with $what is told of so', async ({ says, code, asked }) => {
  wire.usually(({ body }) => (Object(body?.event).type === 'ready' ? { ready: true } : says));
  // As long as it takes, but where nothing comes: there a machine that is slow has not even connected.
  const timeLimits = says === 'no-answer' ? { timeLimits: { askMs: 300 } } : {};
  const answer = await ask({ kind: 'http' }, timeLimits);
  expect(answer.asked).toMatchObject(asked);
  expect(answer.codes).toContain(code);
});

test('what the agent said stands in no line of the log', async () => {
  wire.usually(() => ({ replies: ['Secret words'] }));
  const { asked } = await ask({ kind: 'http' }, { question: 'Another secret' });
  expect(asked?.replies).toMatchObject([{ text: 'Secret words' }]);
  expect(stage.logged()).toContain('agent-tested');
  expect(stage.logged()).not.toMatch(/secret/i);
});

test.each([
  { ask: '' },
  { ask: 7 },
  { ask: 'x'.repeat(4097) },
  { question: 'ping' },
])('the check refuses %j, and asks nothing', async (body) => {
  const { id } = (await stage.create({ agent: { url: wire.url } })).body.channel;
  wire.requests.splice(0);
  const answer = await stage.send(`POST /admin/channels/${id}/check`, body);
  expect(answer).toMatchObject({ status: 422, body: { code: 'request-invalid' } });
  expect(wire.requests).toEqual([]);
});

test('a check whose ask is null asks nothing', async () => {
  const { id } = (await stage.create({ agent: { url: wire.url } })).body.channel;
  const { status, body } = await stage.send(`POST /admin/channels/${id}/check`, { ask: null });
  expect([status, body.asked]).toEqual([200, undefined]);
});

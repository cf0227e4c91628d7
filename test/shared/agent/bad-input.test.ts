// What servers of every kind may do to a turn, over the wire: each ends it within its time, and once.
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { askAgent } from '../../../shared/agent/ask-agent.ts';
import { AGENT_KINDS, type AgentKind } from '../../../shared/contract/agent-kind.ts';
import type { AgentSession } from '../../../shared/contract/chat.ts';
import { askedEvent } from '../../support/asked-event.ts';
import { LoopbackServers } from '../../support/loopback-servers.ts';

const servers = new LoopbackServers();
afterEach(() => servers.closeAll());
afterAll(() => servers.closeAll());

const SETTINGS = {
  model: 'm',
  assistant_id: 'agent',
  runtime_arn: 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/r',
  request: { q: '{{event.text}}', conversation: '{{event.session}}' },
  answer: '/answer',
  session: '/conversation',
};
const secrets = {
  token: '',
  agent_secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
  previous_agent_secret: null,
  agent_headers: {},
  agent_api_key: 'key',
  webhook_token: '',
  webhook_header: '',
  incoming_request_token: '',
};

/** One turn of an agent of this kind. */
async function ask(
  kind: AgentKind,
  port: number,
  { timeoutMs = 60_000, session = null as AgentSession | null } = {},
) {
  const url = `http://127.0.0.1:${port}/`;
  const agent = { kind, url, timeout_ms: timeoutMs, events: null, header_names: [], ...SETTINGS };
  const { reply } = await askAgent({
    channel: { agent },
    secrets,
    event: askedEvent({ message: { text: 'Hello' } }),
    reach: 'local',
    now: 0,
    session,
    awsKeys: () => ({ accessKeyId: 'invented', secretAccessKey: 'invented' }),
  });
  return reply;
}

/** The second where the machine is so slow that the call had not connected by then. */
const OUT_OF_TIME = ['timeout', 'unavailable'];

describe.each([...AGENT_KINDS])('%s', (kind) => {
  test('an answer of 5 MB is final, and asked for once', async () => {
    let asked = 0;
    const { port } = await servers.http((_, response) => {
      asked += 1;
      response.end(JSON.stringify({ text: 'x'.repeat(5_000_000) }));
    });
    expect(await ask(kind, port)).toMatchObject({ code: 'agent-answer-too-large' });
    expect(asked).toBe(1);
  });

  test('a stream without an end is cut at its size, and a slow one at its time', async () => {
    const flood = await servers.http((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const pour = setInterval(() => response.write('data: "x"\n\n'.repeat(5_000)), 1);
      response.on('close', () => clearInterval(pour));
    });
    expect(await ask(kind, flood.port)).toMatchObject({ code: 'agent-answer-too-large' });
    const drip = await servers.http((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const pour = setInterval(() => response.write('data: "x"\n\n'), 20);
      response.on('close', () => clearInterval(pour));
    });
    expect(OUT_OF_TIME).toContain((await ask(kind, drip.port, { timeoutMs: 300 })).kind);
  });

  test('an answer after its time is none, whatever it says', async () => {
    const late: (() => void)[] = [];
    const { port } = await servers.http((_, response) => {
      late.push(() => response.end('{"replies":["Too late"],"answer":"Too late"}'));
    });
    const reply = await ask(kind, port, { timeoutMs: 200 });
    for (const answer of late) answer();
    expect(OUT_OF_TIME).toContain(reply.kind);
  });

  test('a redirect is not followed', async () => {
    let followed = 0;
    const { port } = await servers.http((request, response) => {
      if (request.url === '/elsewhere') followed += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await ask(kind, port)).toMatchObject({ kind: 'refused', code: 'agent-rejected' });
    expect(followed).toBe(0);
  });

  test('no answer at all, and one that is cut off, may be asked for again', async () => {
    const gone = await servers.tcp((socket) => socket.destroy());
    expect(await ask(kind, gone.port)).toMatchObject({ kind: 'unavailable' });
    const cut = await servers.tcp((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"replies": [');
    });
    expect(await ask(kind, cut.port)).toMatchObject({ kind: 'unavailable' });
  });
});

const NO_MODEL = { error: { message: 'No such model', code: 'model_not_found' } };
const NO_MODEL_OF_ANTHROPIC = { type: 'error', error: { type: 'not_found_error', message: 'x' } };
// biome-ignore format: a table reads by column
const unknown: { kind: AgentKind; body: unknown; reason: string }[] = [
  { kind: 'openai-chat', body: NO_MODEL,                                   reason: 'HTTP 404 (model_not_found)' },
  { kind: 'anthropic',   body: NO_MODEL_OF_ANTHROPIC,                      reason: 'HTTP 404 (not_found_error)' },
  { kind: 'langgraph',   body: { detail: 'Assistant agent not found' },    reason: 'no such assistant_id' },
];

test.each(unknown)('a model, or assistant, that $kind does not know is final', async ({
  kind,
  body,
  reason,
}) => {
  const { port } = await servers.http((_, response) => {
    response.writeHead(404).end(JSON.stringify(body));
  });
  const reply = await ask(kind, port);
  expect(reply).toMatchObject({ code: 'agent-rejected', reason: expect.stringContaining(reason) });
});

// biome-ignore format: a table reads by column
const sessions: { kind: AgentKind; first: unknown; kept: string; forgets: [number, unknown] }[] = [
  { kind: 'webim',     first: { has_answer: true, messages: [] },     kept: 'new_message', forgets: [404, {}] },
  { kind: 'custom',    first: { answer: 'Hi', conversation: 'c-1' },  kept: 'c-1',         forgets: [404, { code: 'not_found' }] },
  { kind: 'langgraph', first: { __interrupt__: [{ value: 'Day?' }] }, kept: 'resume',      forgets: [404, { detail: 'Thread not found' }] },
  { kind: 'a2a',       first: { result: { task: { id: 't-1', contextId: 'x-1', status: { state: 'TASK_STATE_INPUT_REQUIRED' } } } }, kept: 't-1', forgets: [200, { error: { code: -32001 } }] },
];

test.each(
  sessions,
)('a conversation that the server of $kind has forgotten begins anew, once', async ({
  kind,
  first,
  kept,
  forgets: [status, body],
}) => {
  const posted: string[] = [];
  let forgets = false;
  const { port } = await servers.http(async (request, response) => {
    if (request.method === 'POST') posted.push(String(await request.toArray()));
    response.writeHead(forgets ? status : 200).end(JSON.stringify(forgets ? body : first));
  });
  const begun = await ask(kind, port);
  const session = begun.kind === 'answered' ? (begun.session ?? null) : null;
  expect(session).not.toBeNull();
  posted.splice(0);
  forgets = true;
  expect(await ask(kind, port, { session })).toMatchObject({ code: 'agent-rejected' });
  expect(posted.map((sent) => sent.includes(kept))).toEqual([true, false]);
});

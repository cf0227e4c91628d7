import { afterAll, afterEach, expect, test } from 'vitest';
import { askAgent, type TurnCall } from '../../../shared/agent/ask-agent.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { askedEvent } from '../../support/asked-event.ts';
import { LoopbackServers } from '../../support/loopback-servers.ts';

const servers = new LoopbackServers();
afterEach(() => servers.closeAll());
afterAll(() => servers.closeAll());

const secrets = {
  token: '',
  agent_secret: '',
  previous_agent_secret: null,
  agent_headers: { 'x-own': 'yes' },
  agent_api_key: 'key',
  webhook_token: '',
  webhook_header: '',
  incoming_request_token: '',
};
const call = (
  port: number,
  more: Partial<Channel['agent']> = {},
  rest: Partial<TurnCall> = {},
) => ({
  channel: {
    agent: {
      kind: 'openai-chat' as const,
      url: `http://127.0.0.1:${port}`,
      timeout_ms: 3_000,
      events: null,
      header_names: [],
      model: 'm',
      ...more,
    },
  },
  secrets,
  event: askedEvent({ message: { text: 'Hello' } }),
  reach: 'local' as const,
  now: 0,
  session: null,
  awsKeys: () => ({ accessKeyId: 'invented', secretAccessKey: 'invented' }),
  ...rest,
});
const said = (content: string) => JSON.stringify({ choices: [{ message: { content } }] });

test('an answer of 5 MB is final, and no more of it is read than an answer may have', async () => {
  const { port } = await servers.http((_, response) => response.end(said('x'.repeat(5_000_000))));
  expect(await askAgent(call(port))).toEqual({
    reply: { kind: 'refused', code: 'agent-answer-too-large', reason: 'the answer is over 256 KB' },
    failed: false,
  });
});

test('a stream that never ends runs into the time limit, or into the limit of its size', async () => {
  let drip: NodeJS.Timeout | undefined;
  const slow = await servers.http((_, response) => {
    drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  });
  expect(await askAgent(call(slow.port, { timeout_ms: 300 }))).toEqual({
    reply: { kind: 'timeout' },
    failed: true,
  });
  const fast = await servers.http((_, response) => {
    const flood = setInterval(() => response.write('data: "x"\n\n'.repeat(5_000)), 1);
    response.on('close', () => clearInterval(flood));
  });
  expect(await askAgent(call(fast.port))).toMatchObject({
    reply: { code: 'agent-answer-too-large' },
  });
});

test('a task that works for ever runs into the time limit of the turn', async () => {
  const task = { id: 't', status: { state: 'TASK_STATE_WORKING' } };
  const { port } = await servers.http((_, response) =>
    response.end(JSON.stringify({ result: task })),
  );
  expect(await askAgent(call(port, { kind: 'a2a', timeout_ms: 1_000 }))).toMatchObject({
    reply: { kind: 'timeout' },
  });
});

test('an answer that comes after its time is not read', async () => {
  const late: (() => void)[] = [];
  const { port } = await servers.http((_, response) => {
    late.push(() => response.end(said('Too late')));
  });
  const { reply } = await askAgent(call(port, { timeout_ms: 200 }));
  late.map((answer) => answer());
  expect(reply).toEqual({ kind: 'timeout' });
});

test('a call that is ended while it waits to look again ends at once', async () => {
  const task = { id: 't', status: { state: 'TASK_STATE_WORKING' } };
  const ending = new AbortController();
  const { port } = await servers.http((_, response) => {
    response.end(JSON.stringify({ result: task }));
    setImmediate(() => ending.abort());
  });
  const asked = askAgent(call(port, { kind: 'a2a' }, { signal: ending.signal }));
  expect((await asked).reply).toMatchObject({ kind: 'unavailable' });
});

test('headers of the operator’s own stand over the key, and each repeat has the event’s id', async () => {
  const heard: Record<string, unknown>[] = [];
  const { port } = await servers.http((request, response) => {
    heard.push(request.headers);
    response.end(said('Hi'));
  });
  await askAgent(call(port));
  await askAgent(
    call(port, {}, { secrets: { ...secrets, agent_headers: { authorization: 'X y' } } }),
  );
  expect(heard).toMatchObject([
    { authorization: 'Bearer key', 'x-own': 'yes', 'idempotency-key': 'evt_1' },
    { authorization: 'X y' },
  ]);
});

test('markers are taken out and mean an operator, or the end of the dialog', async () => {
  const { port } = await servers.http((_, response) => response.end(said('Bye! [end] [person]')));
  const markers = { operator_marker: '[person]', close_marker: '[end]' };
  expect((await askAgent(call(port, { close_marker: '[end]' }))).reply).toMatchObject({
    answer: { replies: [{ text: 'Bye!  [person]' }], dialog: 'close' },
  });
  expect((await askAgent(call(port, markers))).reply).toMatchObject({
    answer: { dialog: 'operator' },
  });
});

test('what was kept for another agent is not shown to this one', async () => {
  const bodies: unknown[] = [];
  const { port } = await servers.http(async (request, response) => {
    bodies.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    response.end('{"answer":"Hi","id":"c-1"}');
  });
  const settings = {
    kind: 'custom' as const,
    request: { id: '{{event.session}}' },
    answer: '/answer',
    session: '/id',
  };
  const { reply } = await askAgent(call(port, settings));
  const session = reply.kind === 'answered' && reply.session ? reply.session : null;
  await askAgent(call(port, settings, { session }));
  await askAgent(call(port, settings, { session: { of: 'another', value: 'c-0' } }));
  expect(bodies).toEqual([{ id: null }, { id: 'c-1' }, { id: null }]);
});

test('the result of a notification is no turn of theirs', async () => {
  const event = { ...askedEvent({}), notification: {} } as unknown as TurnCall['event'];
  expect(await askAgent(call(9, {}, { event }))).toEqual({
    reply: { kind: 'answered', answer: { replies: [], dialog: 'open' } },
    failed: false,
  });
});

test('an agent that is not public is not called from the cloud', async () => {
  expect((await askAgent(call(9, {}, { reach: 'public' }))).reply).toMatchObject({
    code: 'agent-address-refused',
  });
});

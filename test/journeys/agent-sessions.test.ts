import { afterAll, beforeAll, expect, test } from 'vitest';
import { meetVisitor } from '../support/journey-visitor.ts';
import { type KindJourney, startKindJourney, tap } from '../support/kind-journey.ts';
import { letDayPass } from '../support/let-day-pass.ts';

let it: KindJourney;
beforeAll(async () => {
  it = await startKindJourney();
});
afterAll(() => it.stop());

test('a bot of the original platform keeps its chat through a dialog, and begins anew after it', async () => {
  await it.becomes('webim', { url: `${it.agent.url}/connector/webim/hook` });
  const buttons = [[{ id: 'bill', text: 'Bill' }], [{ id: 'person', text: 'A person' }]];
  const asked = [
    { kind: 'operator', text: 'What next?' },
    { kind: 'keyboard', buttons },
  ];
  it.agent.next({ has_answer: true, messages: asked });
  it.agent.next({ has_answer: true, messages: [{ kind: 'operator', text: 'Here it is.' }] });
  it.agent.next({ has_answer: false });
  it.agent.next({ has_answer: true, messages: [{ kind: 'operator', text: 'Hello again.' }] });
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'Hello');
  await it.says(visitor, tap('bill', 'Bill'));
  await it.says(visitor, 'I want a person');
  await it.says(visitor, 'Hello?');
  expect(it.posted().map(({ body }) => body)).toMatchObject([
    { event: 'new_chat', messages: [{ kind: 'visitor', text: 'Hello' }] },
    { event: 'new_message', kind: 'keyboard_response', response: { button: { id: 'bill' } } },
    { event: 'new_message', kind: 'visitor', text: 'I want a person' },
    { event: 'new_chat', messages: [{ text: 'Hello?' }] },
  ]);
  expect(new Set(it.posted().map(({ body }) => Object(body?.chat).id)).size).toBe(1);
  expect(visitor.texts()).toMatchObject(['What next?', 'Here it is.', 'Hello again.']);
});

test('a bot of the original platform begins its chat anew in the next dialog, also after a turn there that was lost', async () => {
  await it.becomes('webim');
  const hello = { has_answer: true, messages: [{ kind: 'operator', text: 'Hello.' }] };
  const visitor = meetVisitor(it.journey);
  it.agent.next(hello, { status: 400, headers: {}, body: '' }, hello, hello);
  await it.says(visitor, 'One');
  await letDayPass(it.journey, visitor.phone);
  await it.says(visitor, 'Two');
  await it.says(visitor, 'Three');
  await it.says(visitor, 'Four');
  expect(it.posted().map(({ body }) => body?.event)).toEqual([
    'new_chat',
    'new_chat',
    'new_chat',
    'new_message',
  ]);
});

test('a webhook by example keeps its conversation', async () => {
  await it.becomes('custom', {
    request: { query: '{{event.text}}', conversation_id: '{{event.session}}' },
    answer: '/answer',
    session: '/conversation_id',
  });
  it.agent.next(
    { answer: 'First', conversation_id: 'c-1' },
    { answer: 'Second', conversation_id: 'c-1' },
  );
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'One');
  await it.says(visitor, 'Two');
  expect(it.posted().map(({ body }) => body)).toEqual([
    { query: 'One', conversation_id: null },
    { query: 'Two', conversation_id: 'c-1' },
  ]);
  expect(visitor.texts()).toEqual(['First', 'Second']);
});

test('a graph asks a question, and the visitor’s answer resumes it', async () => {
  await it.becomes('langgraph', { assistant_id: 'agent', api_key: 'lsv2-invented' });
  const visitor = meetVisitor(it.journey);
  it.agent.usually(({ body }) => {
    const input = Object(body?.input).messages;
    return input
      ? {
          messages: [...input, { type: 'ai', id: 'a1', content: 'A table, then.' }],
          __interrupt__: [{ value: 'For how many?' }],
        }
      : {
          messages: [
            { type: 'ai', id: 'a1', content: 'A table, then.' },
            { type: 'ai', id: 'a2', content: `Booked for ${Object(body?.command).resume}.` },
          ],
        };
  });
  await it.says(visitor, 'A table');
  await it.says(visitor, 'Four');
  await it.says(visitor, 'Another');
  const threads = new Set(it.posted().map(({ path }) => path));
  expect([...threads]).toEqual([expect.stringMatching(/^\/threads\/[0-9a-f-]{36}\/runs\/wait$/)]);
  expect(it.posted()[1]?.body).toMatchObject({
    command: { resume: 'Four' },
    if_not_exists: 'create',
  });
  expect(visitor.texts()).toEqual([
    'A table, then.',
    'For how many?',
    'Booked for Four.',
    'A table, then.',
    'For how many?',
  ]);
});

test('an agent of A2A works for a while, asks, and goes on in the same task', async () => {
  await it.becomes('a2a', { url: `${it.agent.url}/.well-known/agent-card.json` });
  const card = {
    name: 'Desk',
    supportedInterfaces: [
      { url: `${it.agent.url}/rpc`, protocolBinding: 'JSONRPC', protocolVersion: '1.0' },
    ],
  };
  it.agent.usually(({ path }) => (path.startsWith('/.well-known') ? card : {}));
  const task = (state: string, text?: string) => ({
    id: 't-1',
    contextId: 'ctx-1',
    status: { state: `TASK_STATE_${state}`, ...(text && { message: { parts: [{ text }] } }) },
  });
  it.agent.next(
    { result: { task: task('WORKING') } },
    { result: task('INPUT_REQUIRED', 'Which day?') },
  );
  it.agent.next({ result: { task: task('COMPLETED', 'Booked.') } });
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'A table');
  await it.says(visitor, 'Monday');
  expect(it.posted().map(({ path, headers }) => [path, headers['a2a-version']])).toEqual(
    [1, 2, 3].map(() => ['/rpc', '1.0']),
  );
  expect(it.posted().map(({ body }) => body)).toMatchObject([
    { method: 'SendMessage' },
    { method: 'GetTask', params: { id: 't-1' } },
    { method: 'SendMessage', params: { message: { taskId: 't-1', contextId: 'ctx-1' } } },
  ]);
  expect(visitor.texts()).toEqual(['Which day?', 'Booked.']);
});

test('an agent on AgentCore is asked with the function’s own signature', async () => {
  const runtime_arn = 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/desk-1';
  await it.becomes('bedrock-agentcore', { url: it.agent.url, runtime_arn, qualifier: 'PROD' });
  it.agent.next({
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: 'data: "Hel"\n\ndata: "lo"\n\n',
  });
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'Hi');
  expect(it.posted()[0]).toMatchObject({
    path: `/runtimes/${encodeURIComponent(runtime_arn)}/invocations?qualifier=PROD`,
    headers: {
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=.*eu-central-1\/bedrock-agentcore/,
      ),
      'x-amzn-bedrock-agentcore-runtime-session-id': expect.stringMatching(/^[0-9a-f]{40}$/),
    },
    body: { prompt: 'Hi' },
  });
  expect(visitor.texts()).toEqual(['Hello']);
});

test('what a chat keeps for its agent is in its record, and gone once the chat is erased', async () => {
  await it.becomes('custom', { request: {}, answer: '/answer', session: '/id' });
  it.agent.next({ answer: 'Hi', id: 'kept-words-4711' });
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'Hello');
  const holding = async () =>
    JSON.stringify(await it.journey.items('')).includes('kept-words-4711');
  expect(await holding()).toBe(true);
  const chats = `${it.journey.runtime.url}/v1/channels/${it.journey.channel.id}/chats`;
  const headers = { authorization: `Bearer ${it.journey.channel.apiKey}` };
  const found = await fetch(`${chats}?phone=${visitor.phone}`, { headers });
  const { chat_id } = (await found.json()) as { chat_id: string };
  const { url } = it.journey.runtime;
  const record = await fetch(`${url}/admin/channels/${it.journey.channel.id}/chats/${chat_id}`);
  expect(Object((await record.json()) as unknown).row.agent_session.json).toContain(
    'kept-words-4711',
  );
  expect((await fetch(`${chats}/${chat_id}`, { method: 'DELETE', headers })).status).toBe(204);
  expect(await holding()).toBe(false);
});

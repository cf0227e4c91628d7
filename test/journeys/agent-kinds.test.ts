import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdFile, PROVIDER_KEY, someBytes } from '../support/journey-files.ts';
import { editChannel, meetVisitor } from '../support/journey-visitor.ts';
import { type KindJourney, startKindJourney, tap } from '../support/kind-journey.ts';
import { startTranscriberDouble } from '../support/transcriber-double.ts';

let it: KindJourney;
beforeAll(async () => {
  it = await startKindJourney();
});
afterAll(() => it.stop());

test('a visitor talks to a model behind Chat Completions: Markdown, a picture, an operator', async () => {
  await it.becomes('openai-chat', {
    url: `${it.agent.url}/v1`,
    model: 'small',
    api_key: 'sk-invented',
    system_prompt: 'Help {{event.context.channel_visitor_phone}}.',
    operator_marker: '[[person]]',
  });
  it.agent.next(completion('It is **bold**. ![a map](https://pictures.example/map.png)'));
  it.agent.next(completion('I fetch somebody. [[person]]'));
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'Hello');
  await it.says(visitor, 'A person, please');
  const [first, second] = it.posted();
  expect(first).toMatchObject({
    path: '/v1/chat/completions',
    headers: {
      authorization: 'Bearer sk-invented',
      'idempotency-key': expect.stringMatching(/^evt_/),
    },
    body: {
      model: 'small',
      messages: [{ role: 'system', content: `Help ${visitor.phone}.` }, { content: 'Hello' }],
    },
  });
  expect(second?.body?.messages).toContainEqual({ role: 'user', content: 'A person, please' });
  expect(visitor.bodies()).toMatchObject([
    { text: { body: 'It is *bold*.' } },
    { image: { link: 'https://pictures.example/map.png', caption: 'a map' } },
    { text: { body: 'I fetch somebody.' } },
  ]);
});

test('a model that cannot reach this machine gets a picture with the request', async () => {
  await it.becomes('openai-chat', { model: 'small', system_prompt: null });
  it.agent.next(completion('A dot.'));
  const visitor = meetVisitor(it.journey);
  const id = holdFile(it.journey, PROVIDER_KEY, { mimeType: 'image/png', bytes: someBytes() });
  await it.says(visitor, {
    type: 'image',
    image: { id, mime_type: 'image/png', caption: 'What?' },
  });
  expect(it.posted()[0]?.body?.messages).toMatchObject([
    {
      content: [
        { type: 'text', text: '[image]\nWhat?' },
        { image_url: { url: expect.stringMatching(/^data:image\/png;base64,\w/) } },
      ],
    },
  ]);
});

test.each([
  { kind: 'openai-chat', more: { model: 'm' } },
  { kind: 'anthropic', more: { model: 'm' } },
  { kind: 'webim', more: {} },
  { kind: 'rasa', more: {} },
  { kind: 'n8n', more: {} },
  { kind: 'langgraph', more: { assistant_id: 'a' } },
  { kind: 'custom', more: { request: { q: '{{event.text}}' }, answer: '/text' } },
])('$kind is told what a voice note says, as the words of the turn', async ({ kind, more }) => {
  const transcriber = await startTranscriberDouble();
  transcriber.answerWith(() => ({ text: 'When does it come?' }));
  const transcription = { url: transcriber.url, model: 'whisper-1' };
  await editChannel(it.journey, { options: { transcription } });
  await it.becomes(kind, more);
  it.agent.next({});
  const visitor = meetVisitor(it.journey);
  const id = holdFile(it.journey, PROVIDER_KEY, { mimeType: 'audio/ogg', bytes: someBytes() });
  await it.says(visitor, { type: 'audio', audio: { id, mime_type: 'audio/ogg', voice: true } });
  await editChannel(it.journey, { options: { transcription: null } });
  await transcriber.stop();
  const said = it.posted().map(({ body }) => JSON.stringify(body));
  expect(said).toContainEqual(expect.stringContaining('"When does it come?"'));
  expect(said.join()).not.toContain('no transcript');
});

test('a visitor talks to Anthropic’s messages, and a voice note is never an empty turn', async () => {
  await it.becomes('anthropic', { model: 'claude', api_key: 'sk-ant-invented' });
  it.agent.next({ content: [{ type: 'text', text: 'I cannot hear *this*.' }] });
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, {
    type: 'audio',
    audio: { id: '1', mime_type: 'audio/ogg', voice: true },
  });
  expect(it.posted()[0]).toMatchObject({
    path: '/messages',
    headers: { 'x-api-key': 'sk-ant-invented', 'anthropic-version': '2023-06-01' },
    body: { max_tokens: 1024, messages: [{ content: '[voice note, no transcript]' }] },
  });
  expect(visitor.texts()).toEqual(['I cannot hear _this_.']);
});

test('a visitor taps a button of Rasa’s, and Rasa gets its payload', async () => {
  await it.becomes('rasa');
  const buttons = [{ title: 'Good', payload: '/mood_good' }];
  it.agent.next([{ recipient_id: 'x', text: 'How are you?', buttons }], []);
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'Hello');
  await it.says(visitor, tap('/mood_good', 'Good'));
  expect(it.posted().map(({ path, body }) => [path, body?.message])).toEqual([
    ['/webhooks/rest/webhook', 'Hello'],
    ['/webhooks/rest/webhook', '/mood_good'],
  ]);
  expect(visitor.texts()).toEqual(['How are you?']);
});

test('a workflow of n8n answers in one piece, or in a stream', async () => {
  await it.becomes('n8n', { url: `${it.agent.url}/webhook/1/chat` });
  const stream = ['{"type":"item","content":"Hel"}', '{"type":"item","content":"lo"}'].join('\n');
  it.agent.next({ output: 'First' }, { status: 200, headers: {}, body: stream });
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'One');
  await it.says(visitor, 'Two');
  const [one, two] = it.posted().map(({ body }) => body);
  expect(one).toMatchObject({ action: 'sendMessage', chatInput: 'One', metadata: { files: [] } });
  expect(two?.sessionId).toBe(one?.sessionId);
  expect(visitor.texts()).toEqual(['First', 'Hello']);
});

test('an answer that comes after its time never goes out, though the model gave it', async () => {
  await it.becomes('openai-chat', { model: 'small', timeout_ms: 5_000 });
  let answerLate = () => {};
  const askedAgain = new Promise<void>((resolve) => {
    answerLate = resolve;
  });
  it.agent.usually(async ({ method }) => {
    if (method !== 'POST') return {};
    if (it.posted().length > 1) {
      answerLate();
      return completion('In time.');
    }
    await askedAgain;
    return completion('Too late.');
  });
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'Hello');
  expect(visitor.texts()).toEqual(['In time.']);
  expect(it.posted().map(({ headers }) => headers['idempotency-key'])).toEqual([
    expect.stringMatching(/^evt_/),
    it.posted()[0]?.headers['idempotency-key'],
  ]);
  await it.becomes('openai-chat', { model: 'small', timeout_ms: 30_000 });
});

test('a model that is busy is asked again, and a refused key is a turn lost', async () => {
  await it.becomes('openai-chat', { model: 'small' });
  it.agent.next({ status: 429, headers: {}, body: '' }, completion('Now.'));
  const visitor = meetVisitor(it.journey);
  await it.says(visitor, 'Hello');
  expect(visitor.texts()).toEqual(['Now.']);
  it.agent.next({ status: 401, headers: {}, body: '{"error":{"code":"invalid_api_key"}}' });
  await it.says(visitor, 'And now?');
  const letters = await it.journey.items('DEAD#');
  expect(letters).toContainEqual(
    expect.objectContaining({
      code: 'agent-rejected',
      reason: 'HTTP 401, the key is refused (invalid_api_key)',
    }),
  );
});

const completion = (content: string) => ({
  choices: [{ message: { role: 'assistant', content } }],
});

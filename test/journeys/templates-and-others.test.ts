import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { editChannel, meetVisitor } from '../support/journey-visitor.ts';
import { someTemplate } from '../support/some-template.ts';
import { cloudText } from '../support/webhook-bodies.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());
afterEach(() => {
  journey.provider.templates = null;
  expect(journey.provider.refusals).toEqual([]);
});

interface Filled {
  flow_token: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

test('the visitor gets every other kind of reply in WhatsApp’s own form', async () => {
  const visitor = meetVisitor(journey);
  const raw = { type: 'location', location: { latitude: 1, longitude: 2 } };
  await visitor.promptsAndWaits(
    { type: 'location', latitude: 52.52, longitude: 13.4, name: 'Alexanderplatz' },
    { type: 'contacts', contacts: [{ name: { formatted_name: 'Anna Muster' } }] },
    { type: 'sticker', url: 'https://cdn.example/a.webp' },
    { type: 'link_button', text: 'More', label: 'Open', url: 'https://a.example/x' },
    { type: 'ask_location', text: 'Where are you?' },
    { type: 'ask_phone', text: 'May we call?' },
    { type: 'flow', text: 'When?', flow_id: '4711', cta: 'Choose' },
    { type: 'raw', message: raw },
    { type: 'text', text: 'quoting', reply_to: `wamid.${visitor.phone}.1` },
    { type: 'reaction', to_message_id: `wamid.${visitor.phone}.1`, emoji: '👍' },
  );
  expect(visitor.bodies()).toMatchObject([
    { type: 'location', location: { latitude: 52.52, longitude: 13.4, name: 'Alexanderplatz' } },
    { type: 'contacts', contacts: [{ name: { first_name: 'Anna Muster' } }] },
    { type: 'sticker', sticker: { link: 'https://cdn.example/a.webp' } },
    { interactive: { type: 'cta_url', action: { parameters: { display_text: 'Open' } } } },
    { interactive: { type: 'location_request_message' } },
    { interactive: { type: 'request_contact_info' } },
    { interactive: { type: 'flow', action: { parameters: { flow_token: expect.any(String) } } } },
    raw,
    { type: 'text', context: { message_id: `wamid.${visitor.phone}.1` } },
    { type: 'reaction', reaction: { emoji: '👍' } },
  ]);
  expect(visitor.news()).toEqual([]);
});

test('the answers to a form name the reply that asked, and hold no token of ours', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits({ type: 'flow', text: 'When?', flow_id: '4711', cta: 'Choose' });
  const [sent] = visitor.bodies() as { interactive?: { action: { parameters: Filled } } }[];
  const token = sent?.interactive?.action.parameters.flow_token;
  const answers = { flow_token: token, day: 'Monday' };
  const form = { name: 'flow', body: 'Sent', response_json: JSON.stringify(answers) };
  await visitor.says({ type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: form } });
  await journey.runtime.idle();
  const { message } = visitor.turns()[1] ?? {};
  expect(message).toMatchObject({ kind: 'form', answers: { day: 'Monday' }, reply_id: token });
  expect(message?.answers).toEqual({ day: 'Monday' });
});

test('a template takes parameters in order, by name, or as WhatsApp’s own components, with blanks folded', async () => {
  const visitor = meetVisitor(journey);
  const button = { type: 'button', sub_type: 'quick_reply', index: '0' };
  const template = { type: 'template', language: 'ru' };
  await visitor.promptsAndWaits(
    { ...template, name: 'in_order', parameters: ['Анна', 'два\n  слова'] },
    { ...template, name: 'by_name', parameters: { first_name: 'Анна' } },
    {
      ...template,
      name: 'whole',
      components: [{ ...button, parameters: [{ type: 'payload', payload: 'YES' }] }],
    },
    {
      ...template,
      name: 'both',
      parameters: ['x'],
      components: [{ type: 'body', parameters: [] }],
    },
  );
  const text = (text: string, more = {}) => ({ type: 'text', text, ...more });
  expect(visitor.bodies().map(({ template }) => template)).toEqual([
    {
      name: 'in_order',
      language: { code: 'ru' },
      components: [{ type: 'body', parameters: [text('Анна'), text('два слова')] }],
    },
    {
      name: 'by_name',
      language: { code: 'ru' },
      components: [{ type: 'body', parameters: [text('Анна', { parameter_name: 'first_name' })] }],
    },
    expect.objectContaining({ name: 'whole' }),
  ]);
  expect(
    visitor
      .news()
      .map(({ status, code }) => `${status} ${code}`)
      .toSorted(),
  ).toEqual(['degraded parameter-whitespace', 'refused reply-invalid']);
});

test('a template that is not approved fails, and the agent gets the provider’s words', async () => {
  const visitor = meetVisitor(journey);
  journey.provider.templates = [someTemplate('hello')];
  await visitor.promptsAndWaits(
    { type: 'template', name: 'hello', language: 'en' },
    { type: 'template', name: 'goodbye', language: 'en' },
  );
  journey.provider.refusals.splice(0); // the test wanted this refusal
  expect(visitor.bodies()).toHaveLength(1);
  expect(visitor.news()).toEqual([
    expect.objectContaining({
      status: 'failed',
      code: 'provider-132001',
      reason: expect.stringContaining('goodbye'),
    }),
  ]);
});

test('while the window is closed free messages are refused, and a template goes', async () => {
  const visitor = meetVisitor(journey);
  const sentAt = Date.now() - DAY_MS;
  const template = { type: 'template', name: 'hello', language: 'en' };
  journey.agent.next({
    replies: ['free', template, { type: 'raw', message: { type: 'text', text: { body: 'free' } } }],
  });
  await journey.post(
    cloudText({
      phone: visitor.phone,
      text: 'yesterday',
      id: `wamid.${visitor.phone}.old`,
      sentAt,
    }),
  );
  await journey.runtime.idle();
  expect(visitor.bodies().map(({ type }) => type)).toEqual(['template']);
  expect(visitor.news().map(({ status, code }) => `${status} ${code}`)).toEqual([
    'refused window-closed',
    'refused window-closed',
  ]);
});

test('each reply is checked by itself: the agent is told of the bad ones, and at most twenty others go', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits(
    { type: 'text', text: 'first', id: 'same' },
    { type: 'text', text: 'again', id: 'same' },
    { type: 'dance' },
    { type: 'buttons', text: 'no buttons' },
    'x'.repeat(65_537),
    ...Array.from({ length: 16 }, (_, at) => `${at}`),
  );
  expect(visitor.texts()).toEqual(['first', ...Array.from({ length: 15 }, (_, at) => `${at}`)]);
  const codes = visitor.news().map(({ code }) => code);
  expect(codes.toSorted()).toEqual([
    'duplicate-id',
    'reply-invalid',
    'reply-unsupported',
    'too-long',
    'too-many-replies',
  ]);
});

test('a reply with an id of an earlier turn is not sent again', async () => {
  const visitor = meetVisitor(journey);
  const reply = { type: 'text', text: 'your ticket', id: 'ticket-4711' };
  await visitor.promptsAndWaits(reply);
  await visitor.promptsAndWaits({ ...reply, text: 'other words' }, 'and more');
  expect(visitor.texts()).toEqual(['your ticket', 'and more']);
});

test('the sender waits out a pause between two replies, and does not send a reply that is out of date', async () => {
  const visitor = meetVisitor(journey);
  const taken: number[] = [];
  const remove = journey.provider.onSend(({ request }) => {
    if (request.phone === visitor.phone) taken.push(Date.now());
    return undefined;
  });
  await visitor.promptsAndWaits(
    'one',
    { type: 'pause', seconds: 1 },
    { type: 'text', text: 'too late', valid_for: 0.5 },
    'two',
  );
  remove();
  expect(visitor.texts()).toEqual(['one', 'two']);
  expect((taken[1] ?? 0) - (taken[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect(visitor.news()).toEqual([expect.objectContaining({ status: 'expired', code: 'expired' })]);
});

test('Markdown goes as it is, or as WhatsApp’s own formatting when the channel converts it', async () => {
  const visitor = meetVisitor(journey);
  const written = '# Hello\n**bold** [here](https://a.example/x_y_z) `a*b`';
  await visitor.promptsAndWaits(written);
  await editChannel(journey, { options: { markdown: 'convert' } });
  await visitor.promptsAndWaits(written);
  await editChannel(journey, { options: { markdown: 'as-is' } });
  expect(visitor.texts()).toEqual([
    written,
    '*Hello*\n*bold* here (https://a.example/x_y_z) `a*b`',
  ]);
});

test('a long text reaches the visitor in parts, in order, with nothing lost', async () => {
  const visitor = meetVisitor(journey);
  const long = Array.from({ length: 2_000 }, (_, at) => `Sentence ${at}.`).join(' ');
  await visitor.promptsAndWaits(long);
  expect(visitor.texts().every((text) => text.length <= 4_096)).toBe(true);
  expect(visitor.texts().join(' ')).toBe(long);
  expect(visitor.news()).toEqual([]); // nothing was lost, so the agent is not told
});

test('one turn with a text costs at most ten writes and six reads of the table, with its three statuses', async () => {
  const visitor = meetVisitor(journey);
  journey.provider.statuses.tell = EVERY_STATUS;
  await visitor.promptsAndWaits('warm'); // the chat is known, and rows that are kept for a minute are in memory
  await visitor.promptsAndWaits('warmer');
  const { provider, runtime } = journey;
  provider.statuses.tell = []; // a status before the acceptance is recorded costs one write more
  const calls: string[] = [];
  const remove = runtime.intercept(({ service, operation, moment, caller }) => {
    if (caller === 'sweep') return; // it runs by the clock, whether a visitor writes or not
    if (service === 'dynamodb' && moment === 'before') calls.push(`${caller} ${operation}`);
  });
  await visitor.promptsAndWaits('counted');
  const sent = journey.received(visitor.phone).at(-1) ?? expect.fail('nothing was sent');
  for (const status of ['sent', 'delivered', 'read'] as const) {
    await provider.tellStatus(sent, status);
    await runtime.idle();
  }
  remove();
  expect(sent.line.statuses).toEqual(['accepted', 'sent', 'delivered', 'read']);
  const writes = calls.filter((call) => / (Put|Update|Delete)Item$/.test(call));
  const reads = calls.filter((call) => !writes.includes(call));
  expect(writes.length, calls.join('\n')).toBeLessThanOrEqual(10);
  expect(reads.length, calls.join('\n')).toBeLessThanOrEqual(6);
});

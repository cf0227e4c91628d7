// What people's programs send and what a developer sees of it, beyond the trials.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logLine } from '../../infra/local/terminal/log-line.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { meetVisitor } from '../support/journey-visitor.ts';
import { cloudChange } from '../support/webhook-bodies.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({ channel: { agent: { events: ['payment', 'message_update'] } } });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

/** What `npm start` prints of what the functions wrote since. */
const terminal = () =>
  journey.runtime.output.flatMap(({ name, stream, line }) => logLine(name, stream, line) ?? []);

test('an agent that wants it hears of a payment, once, with the reply that asked for it', async () => {
  const visitor = meetVisitor(journey);
  const bill = {
    type: 'interactive',
    interactive: {
      type: 'order_details',
      body: { text: 'Your bill' },
      action: { name: 'review_and_pay', parameters: { reference_id: 'ref-1' } },
    },
  };
  await visitor.promptsAndWaits({ type: 'raw', message: bill, id: 'bill-1' });
  const [messageId = ''] = visitor.messageIds();
  const payment = { reference_id: 'ref-1', currency: 'INR' };
  const about = { recipient_id: visitor.phone, timestamp: '1791200060', type: 'payment', payment };
  const statuses = [{ id: messageId, status: 'captured', ...about }];
  await journey.post(cloudChange('messages', { statuses }));
  await journey.runtime.idle();
  await journey.post(cloudChange('messages', { statuses }));
  const unknown = [{ id: 'wamid.not-ours', status: 'failed', ...about }];
  await journey.post(cloudChange('messages', { statuses: unknown }));
  await journey.runtime.idle();

  const told = journey.agent.requests.flatMap(({ event }) =>
    'payment' in event && event.context.channel_visitor_phone === visitor.phone
      ? [event.payment]
      : [],
  );
  expect(told).toEqual([
    {
      message_id: messageId,
      reply_id: expect.stringMatching(/^rep_/),
      id: 'bill-1',
      status: 'captured',
      details: payment,
    },
    { message_id: 'wamid.not-ours', status: 'failed', details: payment },
  ]);
  expect(visitor.news()).toEqual([]);
});

test('a request with everything it leaves out written as null or "" is accepted', async () => {
  const visitor = meetVisitor(journey);
  await visitor.says('hi');
  const to = { phone: visitor.phone, chat_id: null, channel_chat_id: '', bsuid: null };
  const sent = await client.ask('POST', '/messages', {
    to,
    in_reply_to: '',
    replies: [{ type: 'text', text: 'Hello', id: null, reply_to: '' }],
  });
  const template = { type: null, name: 'order_ready', language: 'pt-BR', parameters: null };
  const notified = await client.ask('POST', '/notifications', { to, template, request_id: null });
  expect([sent.status, notified.status]).toEqual([202, 202]);
  const shown = await client.ask('GET', `/chats?phone=${visitor.phone}&bsuid=&chat_id=`);
  expect(shown.status).toBe(200);
  await journey.runtime.idle();
  expect(visitor.bodies()).toMatchObject([
    { text: { body: 'Hello' } },
    { template: { name: 'order_ready', language: { code: 'pt_BR' } } },
  ]);
});

test('the terminal shows each reply that did not go as it was meant, with its code and reason', async () => {
  const visitor = meetVisitor(journey);
  journey.runtime.output.length = 0;
  await visitor.promptsAndWaits(
    { type: 'attachment', kind: 'gif', url: 'https://cdn.example/a.gif' },
    { type: 'link_button', text: 'Call us', label: 'Call', url: 'tel:+493012345' },
    'fine',
  );
  const lines = terminal();
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^reply rep_\w+… refused, reply-invalid: replies.0.kind: must be one of image, audio, video, file; chat \w{8}…$/,
    ),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^reply rep_\w+… degraded, button-as-text: WhatsApp’s button does not open .+; chat/,
    ),
  );
  expect(lines.filter((line) => line.startsWith('reply '))).toHaveLength(2);
});

test('the terminal shows a call that is refused with the reason that the caller got, and the log does not', async () => {
  const { url, lines, output } = journey.runtime;
  const visitor = meetVisitor(journey);
  output.length = 0;
  lines.length = 0;
  const replies = [{ type: 'attachment', kind: 'gif', url: 'https://cdn.example/a.gif' }];
  await client.ask('POST', '/messages', { to: { phone: visitor.phone }, replies });
  await client.ask('POST', '/messages', { to: { phone: visitor.phone }, replies: 'hello' });
  const admin = (method: string, path: string, body: object) =>
    fetch(`${url}/admin/channels/${journey.channel.id}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await admin('PATCH', '', { options: { parkHours: 2 } });
  const messages = 'POST /v1/channels/{channel_id}/messages refused:';
  const see = 'See errors for each field.';
  expect(lines.filter((line) => line.includes('refused: '))).toEqual([
    `${messages} reply-invalid: Nothing was accepted: see errors. replies.0.kind: must be one of image, audio, video, file`,
    `${messages} request-invalid: ${see} replies: must be a list of 1 to 20 replies, like ["Hello"]`,
    `PATCH /admin/channels/${journey.channel.id} refused: request-invalid: ${see} options.parkHours: is not an option: did you mean park_hours?`,
  ]);
  expect(JSON.stringify(output)).not.toMatch(/parkHours|must be/);
  expect(terminal().filter((line) => line.includes('refused'))).toEqual([]);
});

test('the terminal shows of an agent that fails what it did, in which chat, and when it is asked again', async () => {
  const visitor = meetVisitor(journey);
  journey.runtime.output.length = 0;
  journey.agent.next({ status: 503, headers: {}, body: '' });
  await visitor.says('hi');
  await journey.runtime.idle();
  journey.agent.next({ status: 404, headers: {}, body: '' });
  await visitor.says('hi again');
  await journey.runtime.idle();
  const lines = terminal();
  expect(lines).toContainEqual(
    expect.stringMatching(/^agent did not answer: HTTP 503; chat \w{8}… waits, attempt 2 in 2 s$/),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^agent failed for good: agent-rejected: HTTP 404, the agent has nothing at this address; the message of chat \w{8}…/,
    ),
  );
});

test('the terminal shows which event an agent did not take, what it answered, and that it is not told again', async () => {
  const visitor = meetVisitor(journey);
  journey.runtime.output.length = 0;
  await visitor.says('hi');
  await journey.runtime.idle();
  journey.agent.next({ status: 503 }, { status: 422 });
  const reaction = { message_id: 'wamid.x', emoji: '👍' };
  await visitor.says({ type: 'reaction', reaction });
  await journey.runtime.idle();
  journey.agent.next({ replies: [{ type: 'x' }] }, { status: 404 }, { status: 404 });
  await visitor.says('hi again');
  await journey.runtime.idle();
  const unheard = terminal().filter((line) => line.includes('did not take'));
  expect(unheard).toEqual([
    expect.stringMatching(/^agent did not take a message_update event: HTTP 422; chat \w{8}…; it/),
    expect.stringMatching(
      /^agent did not take a delivery event \(refused\): HTTP 404, the agent has nothing at this address; chat \w{8}…; it is not told again$/,
    ),
  ]);
});

test('a dialog that is not known is told in the terminal, and the replies go', async () => {
  const visitor = meetVisitor(journey);
  journey.runtime.output.length = 0;
  journey.agent.next({ status: 200, headers: {}, body: '{"replies":["Bye"],"dialog":"closed"}' });
  await visitor.says('hi');
  await journey.runtime.idle();
  expect(visitor.bodies()).toMatchObject([{ text: { body: 'Bye' } }]);
  const lines = terminal();
  expect(lines).toContainEqual(
    'agent: `dialog` is unknown: `open`, `close` or `operator` is wanted, perhaps `close`. The dialog stays open.',
  );
  expect(lines.filter((line) => /^agent asked: answered, replies: 1/.test(line))).toHaveLength(1);
});

test('an answer without replies is told in the terminal and by check', async () => {
  const visitor = meetVisitor(journey);
  journey.runtime.output.length = 0;
  journey.agent.next({ status: 200, headers: {}, body: '{"reply":"hi"}' });
  await visitor.says('hi');
  await journey.runtime.idle();
  expect(visitor.bodies()).toEqual([]);
  const lines = terminal();
  expect(lines).toContainEqual(
    'agent: The answer has neither `replies` nor `dialog`: it has `reply`. It counts as no replies.',
  );
  expect(lines.filter((line) => /^agent asked: answered, replies/.test(line))).toEqual([]);

  const path = `/admin/channels/${journey.channel.id}/check`;
  const json = { 'content-type': 'application/json' };
  const answer = await fetch(`${journey.runtime.url}${path}`, { method: 'POST', headers: json });
  const { findings } = (await answer.json()) as { findings: { code: string; level: string }[] };
  expect(findings).toContainEqual(
    expect.objectContaining({ code: 'agent-answer-odd', level: 'note' }),
  );
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { json } from '../../infra/local/http/serve.ts';
import type { HistoryEntry } from '../../shared/contract/history.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { postTogether } from '../support/post-together.ts';
import { until } from '../support/runtime-until.ts';
import { bsuidOf, cloudChange } from '../support/webhook-bodies.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({ channel: { options: { history_turns: 3 } } });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

/** The history of the newest event about the visitor. */
const remembered = (visitor: JourneyVisitor): HistoryEntry[] =>
  (visitor.turns().at(-1) as { history?: HistoryEntry[] } | undefined)?.history ?? [];
/** Who said what, in a word. */
const words = (visitor: JourneyVisitor) =>
  remembered(visitor).map(({ from, text }) => `${from}: ${text}`);
const kept = async () => (await journey.items('HISTORY#')).filter(({ text }) => text !== undefined);
const chatOf = (visitor: JourneyVisitor) => visitor.turns().at(-1)?.chat.id ?? '';
async function says(visitor: JourneyVisitor, text: string, ...replies: unknown[]): Promise<void> {
  await visitor.says(text, replies);
  await journey.runtime.idle();
}

test('the agent gets the last turns with each event: what the visitor wrote, and replies as they went', async () => {
  const visitor = meetVisitor(journey);
  await says(visitor, 'hello', 'Welcome!');
  expect(remembered(visitor)).toEqual([]);
  await says(visitor, 'what is there?', {
    type: 'buttons',
    text: 'This:',
    buttons: ['Tea', 'Coffee', 'Water', 'Juice'],
  });
  await says(visitor, 'tea', { type: 'buttons', text: 'With milk?', buttons: ['Yes', 'No'] });
  await says(visitor, 'yes', 'Here you are.', 'That is 2 €.');
  expect(remembered(visitor)).toMatchObject([
    { from: 'visitor', kind: 'text', text: 'hello', event_id: expect.stringMatching(/^evt_/) },
    { from: 'agent', kind: 'text', text: 'Welcome!', reply_id: expect.stringMatching(/^rep_/) },
    { from: 'visitor', text: 'what is there?', message_id: expect.any(String) },
    { from: 'agent', kind: 'buttons', text: expect.stringContaining('1. Tea\n2. Coffee') },
    { from: 'visitor', text: 'tea' },
    { from: 'agent', text: 'With milk?\n[Yes]\n[No]' },
  ]);
  await says(visitor, 'thanks');
  expect(words(visitor)).toEqual([
    'visitor: what is there?',
    expect.stringMatching(/^agent: This:/),
    'visitor: tea',
    'agent: With milk?\n[Yes]\n[No]',
    'visitor: yes',
    'agent: Here you are.',
    'agent: That is 2 €.',
  ]);
});

test('what was refused or failed is not in the history, nor what failed late', async () => {
  const visitor = meetVisitor(journey);
  await says(visitor, 'one', 'Good.', { type: 'poll' }, 'Never arrived.');
  const late = journey.received(visitor.phone).find(({ request }) => request.text !== 'Good.');
  if (!late) throw new Error('there is no such message');
  await journey.provider.tellStatus(late, 'failed', [{ code: 131026, title: 'Undeliverable' }]);
  await journey.runtime.idle();
  await says(visitor, 'two');
  expect(words(visitor)).toEqual(['visitor: one', 'agent: Good.']);
});

test('a model is told what a person wrote, what was sent through endpoints, and what came while it was paused', async () => {
  const visitor = meetVisitor(journey);
  const minuteAgo = String(Math.floor(Date.now() / 1000) - 60);
  const help = { type: 'text', text: { body: 'help' }, timestamp: minuteAgo };
  await visitor.says(help, ['One moment.']);
  await journey.runtime.idle();
  await client.send({ chat_id: chatOf(visitor) }, ['Our shop is open.']);
  const template = { name: 'parcel', language: 'en', parameters: ['4711'] };
  await client.ask('POST', '/notifications', { to: { chat_id: chatOf(visitor) }, template });
  await journey.runtime.idle();
  await journey.post(
    cloudChange('smb_message_echoes', {
      message_echoes: [
        {
          from: '493023125100',
          to: visitor.phone,
          to_user_id: bsuidOf(visitor.phone),
          id: `wamid.echo.${visitor.phone}`,
          timestamp: String(Math.floor(Date.now() / 1000)),
          type: 'text',
          text: { body: 'Jörg here.' },
        },
      ],
    }),
  );
  await journey.runtime.idle();
  await says(visitor, 'while paused');
  expect(visitor.turns()).toHaveLength(1);
  await client.ask('POST', `/chats/${chatOf(visitor)}/resume`, {});
  await editChannel(journey, { options: { history_turns: 10 } });
  await says(visitor, 'back');
  await editChannel(journey, { options: { history_turns: 3 } });
  expect(words(visitor).toSorted()).toEqual(
    [
      'visitor: help',
      'agent: One moment.',
      'agent: Our shop is open.',
      'agent: parcel(4711)',
      'human: Jörg here.',
      'visitor: while paused',
    ].toSorted(),
  );
});

test('a template is remembered with the words that 360dialog lists', async () => {
  const parcel = {
    name: 'parcel',
    language: 'en',
    status: 'approved',
    components: [
      { type: 'BODY', text: 'Your parcel {{1}} has arrived.' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Thanks' }] },
    ],
  };
  const free = journey.provider.onRequest(({ method, path }) =>
    method === 'GET' && path.includes('/message_templates')
      ? json(200, { data: [parcel] })
      : undefined,
  );
  const visitor = meetVisitor(journey);
  await says(visitor, 'hi', {
    type: 'template',
    name: 'parcel',
    language: 'en',
    parameters: ['4711'],
  });
  await says(visitor, 'ok');
  free();
  expect(words(visitor)).toEqual(['visitor: hi', 'agent: Your parcel 4711 has arrived.\n[Thanks]']);
});

test('a visitor who writes again at once is answered by an agent that knows what it has just said', async () => {
  const visitor = meetVisitor(journey);
  // Everything the sender does is held up until the agent has been asked again.
  const free = journey.runtime.intercept(async ({ caller, service, operation, moment }) => {
    const isSend = caller === 'send' && service === 'dynamodb' && operation === 'GetItem';
    if (isSend && moment === 'before') await until(() => visitor.turns().length > 1);
  });
  await visitor.says('what is 2 + 2?', ['Four.']);
  await visitor.says('and 3 + 3?', ['Six.']);
  await journey.runtime.idle();
  free();
  expect(words(visitor)).toEqual(['visitor: what is 2 + 2?', 'agent: Four.']);
});

test('an erased chat leaves nothing of its history, and a new one begins without', async () => {
  const visitor = meetVisitor(journey);
  await says(visitor, 'my secret', 'I keep it.');
  const chatId = chatOf(visitor);
  const { body } = await client.ask('GET', `/chats/${chatId}`);
  expect(body).toMatchObject({ chat_id: chatId });
  expect(JSON.stringify(await kept())).toContain('my secret');
  expect((await client.ask('DELETE', `/chats/${chatId}`)).status).toBe(204);
  const left = JSON.stringify(await journey.items('HISTORY#'));
  expect(left).not.toContain('my secret');
  expect(left).not.toContain(chatId);
  await says(visitor, 'it is me');
  expect(remembered(visitor)).toEqual([]);
});

test('a chat that is erased while its message is worked on keeps no history of it', async () => {
  const visitor = meetVisitor(journey);
  await says(visitor, 'hello', 'Hi.');
  const chatId = chatOf(visitor);
  let erased = false;
  const free = journey.runtime.intercept(async ({ caller, service, operation, moment }) => {
    const isPut = caller === 'worker' && service === 'dynamodb' && operation === 'PutItem';
    if (!isPut || moment !== 'before' || erased) return;
    erased = true;
    expect((await client.ask('DELETE', `/chats/${chatId}`)).status).toBe(204);
  });
  await says(visitor, 'never written');
  free();
  expect(erased).toBe(true);
  expect(JSON.stringify(await journey.items('HISTORY#'))).not.toContain('never written');
});

test('a turn of many messages counts as one turn of the history', async () => {
  const visitor = meetVisitor(journey);
  await says(visitor, 'before', 'Yes?');
  await editChannel(journey, { options: { history_turns: 2, burst_ms: 60_000 } });
  const button_reply = { id: '5', title: 'five' };
  const tap = { type: 'interactive', interactive: { type: 'button_reply', button_reply } };
  await postTogether(journey, async () => {
    for (const body of ['one', 'two', 'three', 'four']) {
      await visitor.says({ type: 'text', text: { body } });
    }
    await visitor.says(tap, ['That was a lot.']);
  });
  await until(() => visitor.turns().length === 2);
  await editChannel(journey, { options: { burst_ms: 0 } });
  await journey.runtime.idle();
  await says(visitor, 'six', 'Good.');
  await editChannel(journey, { options: { history_turns: 3 } });
  expect(words(visitor)).toEqual([
    'visitor: before',
    'agent: Yes?',
    ...['one', 'two', 'three', 'four', 'five'].map((text) => `visitor: ${text}`),
    'agent: That was a lot.',
  ]);
  const five = visitor.turns()[1]?.event.id;
  const ofFive = remembered(visitor).filter(({ event_id }) => event_id === five);
  expect(ofFive).toHaveLength(6);
});

test('every entry ends by itself after 14 days', async () => {
  const visitor = meetVisitor(journey);
  await says(visitor, 'hello', 'Hi.');
  const days = (await kept()).map(({ at, expires_at }) =>
    Math.round((Number(expires_at) - Number(at) / 1000) / 86_400),
  );
  expect(new Set(days)).toEqual(new Set([14]));
});

test('where the option is 0 nothing is kept, and the event has no history', async () => {
  await editChannel(journey, { options: { history_turns: 0 } });
  const visitor = meetVisitor(journey);
  await says(visitor, 'a word for nobody', 'Hi.');
  expect(visitor.turns().at(-1)).not.toHaveProperty('history');
  expect(JSON.stringify(await journey.items('HISTORY#'))).not.toContain('a word for nobody');
  await editChannel(journey, { options: { history_turns: 3 } });
});

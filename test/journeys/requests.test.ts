import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, meetAtFirstWrite, openClient } from '../support/journey-client.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { cloudMessage, cloudText } from '../support/webhook-bodies.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    channel: { options: { wait_after_media_ms: 0 } },
    statuses: ['read'],
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

/** A visitor who said hello and was answered. */
async function known(): Promise<JourneyVisitor & { chatId: string }> {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  return { ...visitor, chatId: chatOf(visitor) };
}
const chatOf = (visitor: JourneyVisitor) => visitor.turns().at(-1)?.chat.id ?? '';
const shown = async (replyId: string) => (await client.ask('GET', `/replies/${replyId}`)).body;

test('an agent that answers 202 sends its replies later, and they go in the order of acceptance, with their event', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 202 });
  await visitor.says('a hard question');
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([]);

  const [turn] = visitor.turns();
  const to = { chat_id: turn?.chat.id ?? '' };
  const eventId = turn?.event.id ?? '';
  const accepted: string[] = [];
  for (const text of ['Let me see.', 'Still looking.', 'Here it is.']) {
    accepted.push(...(await client.send(to, [text, `(${text})`], { in_reply_to: eventId })));
  }
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([
    'Let me see.',
    '(Let me see.)',
    'Still looking.',
    '(Still looking.)',
    'Here it is.',
    '(Here it is.)',
  ]);
  for (const [at, replyId] of accepted.entries()) {
    expect(await shown(replyId)).toMatchObject({
      reply_id: replyId,
      event_id: eventId,
      chat_id: to.chat_id,
      parts: [{ status: 'read', message_id: visitor.messageIds()[at] }],
    });
  }
});

test('an answer and replies sent through the messages endpoint keep the order of acceptance', async () => {
  const visitor = await known();
  journey.agent.next(async () => {
    await client.send({ chat_id: visitor.chatId }, ['from the endpoint, first']);
    return { replies: ['from the turn, second'] };
  });
  await visitor.says('go');
  await journey.runtime.idle();
  await client.send({ phone: visitor.phone }, ['from the endpoint, third']);
  await journey.runtime.idle();
  expect(visitor.texts().slice(1)).toEqual([
    'from the endpoint, first',
    'from the turn, second',
    'from the endpoint, third',
  ]);
});

test('two hundred requests at once under one key send one message and get equal answers', async () => {
  const visitor = await known();
  const body = { to: { chat_id: visitor.chatId }, replies: ['once'] };
  const headers = { 'idempotency-key': 'order-4711' };
  const haveMet = meetAtFirstWrite(journey);
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => client.ask('POST', '/messages', body, headers)),
  );
  await journey.runtime.idle();
  expect(haveMet()).toBe(true);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(visitor.texts()).toEqual(['Hello', 'once']);
  const other = { ...body, replies: ['twice'] };
  expect((await client.ask('POST', '/messages', other, headers)).status).toBe(422);
});

test('outside the window a free message is refused and the agent told, and a template goes', async () => {
  const visitor = meetVisitor(journey);
  const sentAt = Date.now() - 25 * 3_600_000;
  journey.agent.next({ replies: [] });
  await journey.post(cloudText({ phone: visitor.phone, text: 'hi', id: 'wamid.old', sentAt }));
  await journey.runtime.idle();
  const template = { type: 'template', name: 'hello', language: 'en' };
  const [free, sent] = await client.send({ phone: visitor.phone }, ['Too late', template]);
  await journey.runtime.idle();
  expect(visitor.news()).toEqual([
    expect.objectContaining({ reply_id: free, status: 'refused', code: 'window-closed' }),
  ]);
  expect(await shown(String(free))).toMatchObject({
    parts: [{ status: 'refused', code: 'window-closed' }],
  });
  expect(journey.received(visitor.phone).map(({ request }) => request.type)).toEqual(['template']);
  expect(await shown(String(sent))).toMatchObject({ parts: [{ status: 'read' }] });
});

test('a visitor without a chat gets a template, and their answer comes in the same chat', async () => {
  const visitor = meetVisitor(journey);
  const template = { type: 'template', name: 'hello', language: 'en' };
  const { body } = await client.ask('POST', '/messages', {
    to: { phone: `+${visitor.phone.slice(0, 2)} ${visitor.phone.slice(2)}` },
    replies: [template],
  });
  await journey.runtime.idle();
  await visitor.promptsAndWaits('It is us.');
  const [turn] = visitor.turns();
  expect(turn?.chat).toMatchObject({ id: body.chat_id, is_new: false, window: { open: true } });
  expect(visitor.texts().at(-1)).toBe('It is us.');
});

test('while a chat is paused the agent’s answers are refused and the messages endpoint sends; afterwards the agent hears how much it missed', async () => {
  const visitor = await known();
  // The agent's answer is on its way when the pause begins.
  journey.agent.next(async () => {
    await client.ask('POST', `/chats/${visitor.chatId}/pause`, { minutes: 30 });
    return { replies: ['automatic'] };
  });
  await visitor.says('hm');
  await journey.runtime.idle();
  await client.send({ chat_id: visitor.chatId }, ['from a person']);
  const asked = visitor.turns().length;
  await visitor.says('anybody?');
  await journey.runtime.idle();
  expect(visitor.turns()).toHaveLength(asked);
  expect(visitor.texts().slice(1)).toEqual(['from a person']);
  expect(visitor.news()).toEqual([
    expect.objectContaining({ status: 'refused', code: 'chat-paused' }),
  ]);

  const resumed = await client.ask('POST', `/chats/${visitor.chatId}/resume`);
  expect(resumed.body).toMatchObject({ chat_id: visitor.chatId, paused_until: null });
  await visitor.promptsAndWaits('Here I am again.');
  expect(visitor.turns().at(-1)?.chat).toMatchObject({ missed: 1, paused_until: null });
  expect(visitor.texts().at(-1)).toBe('Here I am again.');
});

test('a file from the messages endpoint that WhatsApp cannot fetch goes once more as text', async () => {
  const visitor = await known();
  journey.provider.statuses.tell = ['sent'];
  journey.provider.files.links = 'failed-later';
  const url = 'https://cdn.example/a.jpg';
  await client.send({ chat_id: visitor.chatId }, [
    'a picture:',
    { type: 'attachment', kind: 'image', url, caption: 'Look' },
  ]);
  await journey.runtime.idle();
  journey.provider.files.links = 'taken';
  journey.provider.statuses.tell = ['read'];
  expect(visitor.texts().slice(1)).toEqual(['a picture:', 'Look', `Look\n${url}`]);
});

test('a visitor can choose from a menu of the messages endpoint by quoting it, also after a newer menu', async () => {
  const visitor = await known();
  const menu = (...buttons: string[]) => ({ type: 'buttons', text: 'Which?', buttons });
  await client.send({ chat_id: visitor.chatId }, [menu('a', 'b', 'c', 'd')]);
  await client.send({ chat_id: visitor.chatId }, [menu('e', 'f', 'g', 'h')]);
  await journey.runtime.idle();
  const [, older] = visitor.messageIds();
  await visitor.says({
    type: 'text',
    text: { body: '2' },
    context: { from: '493023125100', id: older },
  });
  await journey.runtime.idle();
  expect(visitor.turns().at(-1)?.message).toMatchObject({
    kind: 'choice',
    option: { label: 'b' },
    via: 'number',
  });
});

test('the messages endpoint of an inactive channel accepts messages, and the sender refuses them', async () => {
  const visitor = await known();
  const setActive = (active: boolean) => editChannel(journey, { active });
  await setActive(false);
  const [replyId] = await client.send({ chat_id: visitor.chatId }, ['hello?']);
  await journey.runtime.idle();
  await setActive(true);
  expect(await shown(String(replyId))).toMatchObject({
    parts: [{ status: 'refused', code: 'channel-inactive' }],
  });
  expect(visitor.texts()).toEqual(['Hello']);
});

test('a visitor with a new number keeps the chat, also under the old channel_chat_id', async () => {
  const visitor = await known();
  const fresh = `${visitor.phone}9`;
  const lookUp = async (phone: string) => {
    const { body } = await client.ask('GET', `/chats?channel_chat_id=${phone}%7Cdialog360`);
    return body.chat_id ?? body.code;
  };
  const changed = { type: 'user_changed_number', wa_id: fresh, body: 'changed' };
  await journey.post(
    cloudMessage(null, {
      id: `wamid.${fresh}`,
      from: visitor.phone,
      type: 'system',
      system: changed,
    }),
  );
  await journey.runtime.idle();
  expect(await lookUp(visitor.phone)).toBe(visitor.chatId);
  expect(await lookUp(fresh)).toBe('chat-unknown'); // the chat keeps its channel_chat_id
  const { body } = await client.ask('GET', `/chats?phone=${fresh}`);
  expect(body.chat_id).toBe(visitor.chatId);

  // The old number has a new owner, whose chat has the same channel_chat_id: it means the newest.
  const newcomer = cloudMessage(
    { wa_id: visitor.phone, user_id: `DE.77${visitor.phone}` },
    { id: `wamid.${fresh}.2`, type: 'text', text: { body: 'hi' } },
  );
  await journey.post(newcomer);
  await journey.runtime.idle();
  expect(await lookUp(visitor.phone)).not.toBe(visitor.chatId);
});

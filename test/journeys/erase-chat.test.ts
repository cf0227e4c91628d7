import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney();
  client = await openClient(journey);
});
afterAll(() => journey.stop());

const chatOf = (visitor: JourneyVisitor) => visitor.turns().at(-1)?.chat.id ?? '';
/** A visitor who said hello and was answered. */
async function known(): Promise<JourneyVisitor & { chatId: string }> {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  return { ...visitor, chatId: chatOf(visitor) };
}

test('a visitor whose chat was erased gets a new chat with the next message', async () => {
  const visitor = await known();
  const [replyId] = await client.send({ chat_id: visitor.chatId }, ['words to forget']);
  await journey.runtime.idle();
  expect((await client.ask('DELETE', `/chats/${visitor.chatId}`)).status).toBe(204);
  for (const path of [`/chats/${visitor.chatId}`, `/chats?phone=${visitor.phone}`]) {
    expect((await client.ask('GET', path)).body).toMatchObject({ code: 'chat-unknown' });
  }
  expect((await client.ask('GET', `/replies/${replyId}`)).body.code).toBe('reply-unknown');
  const left = JSON.stringify(await journey.items(''), (_, value) =>
    value instanceof Set ? [...value] : value,
  );
  expect(left).not.toContain('words to forget');
  expect(left).not.toContain(visitor.phone);

  await visitor.says('it is me');
  await journey.runtime.idle();
  expect(visitor.turns().at(-1)?.chat).toMatchObject({ is_new: true });
  expect(chatOf(visitor)).not.toBe(visitor.chatId);
});

test('when a chat is erased in the middle of a turn, the answer is dropped and the agent is not asked again', async () => {
  const visitor = await known();
  journey.agent.next(async () => {
    const { status } = await client.ask('DELETE', `/chats/${visitor.chatId}`);
    return { replies: [`too late ${status}`] };
  });
  await visitor.says('what do you know of me?');
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['Hello']);
  expect(JSON.stringify(await journey.items('TURN#'))).not.toContain('too late 204');
  const tombstone = await journey.item(`CHAT#${journey.channel.id}#${visitor.chatId}`, 'CHAT');
  expect(Object.keys(tombstone ?? {}).sort()).toEqual([
    'channel_id',
    'erased_at',
    'id',
    'pk',
    'sk',
  ]);

  await visitor.promptsAndWaits('Nice to meet you.');
  expect(visitor.turns().at(-1)?.chat).toMatchObject({ is_new: true });
  expect(visitor.texts()).toEqual(['Hello', 'Nice to meet you.']);
});

test('when a chat is erased while the agent is down, the worker stops asking the agent', async () => {
  const visitor = await known();
  journey.agent.next(async () => {
    await client.ask('DELETE', `/chats/${visitor.chatId}`);
    return { status: 503 };
  });
  await visitor.says('are you there?');
  await journey.runtime.idle();
  expect(visitor.turns()).toHaveLength(2);
  expect(visitor.texts()).toEqual(['Hello']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyOperator, openOperator } from '../support/journey-operator.ts';
import { meetVisitor } from '../support/journey-visitor.ts';

const SORRY = 'Sorry, something went wrong.';

let journey: Journey;
let operator: JourneyOperator;
beforeAll(async () => {
  journey = await startJourney({ channel: { options: { agent_failed_text: SORRY } } });
  operator = openOperator(journey);
});
afterAll(() => journey.stop());

const chatPath = (chatId: string | undefined) => `/channels/${journey.channel.id}/chats/${chatId}`;

test('an operator pauses the agent in a chat and lets it go on, and sees what became of a reply', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  const chatId = visitor.turns()[0]?.chat.id;
  await operator.ask('POST', `${chatPath(chatId)}/pause`, { minutes: 60 });
  await visitor.promptsAndWaits('not sent');
  expect((await operator.ask('POST', `${chatPath(chatId)}/resume`)).status).toBe(200);
  await visitor.promptsAndWaits('Here again');

  expect(visitor.texts()).toEqual(['Hello', 'Here again']);
  expect(visitor.turns().map(({ chat }) => chat)).toMatchObject([{}, { missed: 1 }]);
  const { body } = await operator.ask('GET', chatPath(chatId));
  const [newest] = body.turns as { replies: { reply_id: string }[] }[];
  const replyId = newest?.replies[0]?.reply_id;
  const reply = await operator.ask('GET', `/channels/${journey.channel.id}/replies/${replyId}`);
  expect(reply.body).toMatchObject({ chat_id: chatId, parts: [{ status: 'accepted' }] });
});

test('a lost turn is redriven: the agent is asked again under the same event id, behind what came since, and its answer arrives', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 404, headers: {}, body: '' });
  const first = await visitor.says('my order?', ['It is on its way.', 'Anything else?']);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([SORRY]);
  const [letter] = await operator.letters();
  expect(letter).toMatchObject({ about: 'message', code: 'agent-rejected', redrivable: true });

  await visitor.says('are you there?', ['Yes']);
  expect((await operator.redrive(letter?.id)).status).toBe(202);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([SORRY, 'Yes', 'It is on its way.', 'Anything else?']);
  const ofFirst = visitor.turns().filter(({ message }) => message.id === first);
  expect(ofFirst.map(({ event }) => event.id)).toEqual([letter?.event_id, letter?.event_id]);
  expect(await operator.letters()).toEqual([]);
  expect((await operator.redrive(letter?.id)).body).toMatchObject({ code: 'dead-letter-unknown' });

  // Erasing finds what was sent before the turn was redriven, and after.
  const chatId = visitor.turns()[0]?.chat.id;
  expect((await operator.ask('DELETE', chatPath(chatId))).status).toBe(204);
  const left = await journey.items(`DELIVERY#${journey.channel.id}`);
  expect(left.filter(({ chat_id }) => chat_id === chatId)).toEqual([]);
});

test('a redriven turn that fails again has its letter again', async () => {
  const visitor = meetVisitor(journey);
  const refused = { status: 404, headers: {}, body: '' };
  journey.agent.next(refused, refused);
  await visitor.says('hello?', ['Hello!']);
  await journey.runtime.idle();
  const [letter] = await operator.letters();
  await operator.redrive(letter?.id);
  await journey.runtime.idle();
  expect(await operator.letters()).toMatchObject([{ id: letter?.id }]);
  expect(visitor.texts()).toEqual([SORRY, SORRY]);
  await operator.redrive(letter?.id);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([SORRY, SORRY, 'Hello!']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { type JourneyOperator, openOperator } from '../support/journey-operator.ts';
import { meetVisitor } from '../support/journey-visitor.ts';

let journey: Journey;
let operator: JourneyOperator;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney();
  operator = openOperator(journey);
  client = await openClient(journey);
});
afterAll(() => journey.stop());

const hold = (body?: unknown) => operator.ask('POST', `/channels/${journey.channel.id}/hold`, body);
const resume = () => operator.ask('POST', `/channels/${journey.channel.id}/resume`);

test('while a channel is held nobody is asked, each visitor is told once, what was accepted goes, and then the agent hears how much it missed', async () => {
  const [one, two] = [meetVisitor(journey), meetVisitor(journey)];
  await one.promptsAndWaits('Hello');
  expect((await hold({ text: 'Back at nine.' })).status).toBe(200);

  for (const words of ['are you there?', 'hello?']) {
    await one.says(words, ['not asked']);
    await journey.runtime.idle();
  }
  await two.promptsAndWaits('not asked');
  expect(one.turns()).toHaveLength(1);
  expect(two.turns()).toEqual([]);
  expect(one.texts()).toEqual(['Hello', 'Back at nine.']);
  expect(two.texts()).toEqual(['Back at nine.']);

  await client.send({ phone: two.phone }, ['sent all the same']);
  await hold({ text: 'At ten, sorry.' });
  await one.promptsAndWaits('not asked');
  await journey.runtime.idle();
  expect(two.texts()).toEqual(['Back at nine.', 'sent all the same']);
  expect(one.texts()).toEqual(['Hello', 'Back at nine.', 'At ten, sorry.']);

  expect((await resume()).status).toBe(200);
  await one.promptsAndWaits('Here again');
  await two.promptsAndWaits('And here');
  expect(one.turns().at(-1)?.chat).toMatchObject({ missed: 3, window: { open: true } });
  expect(two.turns().at(-1)?.chat).toMatchObject({ missed: 1, is_new: false });
  await one.promptsAndWaits('as usual');
  expect(one.turns().at(-1)?.chat).not.toHaveProperty('missed');

  // What visitors were told is found by erasing, as any reply.
  const chatId = two.turns()[0]?.chat.id;
  await operator.ask('DELETE', `/channels/${journey.channel.id}/chats/${chatId}`);
  const left = await journey.items(`DELIVERY#${journey.channel.id}`);
  expect(left.filter(({ chat_id }) => chat_id === chatId)).toEqual([]);
});

test('without a text visitors are told nothing; a hold in the middle of the agent’s trouble ends the waiting turn', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next(async () => {
    await hold();
    return { status: 503, headers: {}, body: '' };
  });
  await visitor.promptsAndWaits('not asked again');
  expect(visitor.texts()).toEqual([]);
  await resume();
  await visitor.promptsAndWaits('Now');
  expect(visitor.turns().at(-1)?.chat).toMatchObject({ missed: 1 });
});

test('requests and notifications are refused while a channel is held; a request that was accepted before is redriven after it', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  const chat_id = visitor.turns()[0]?.chat.id ?? '';
  // The visitor's turn holds the request up until the channel is held.
  journey.agent.next(async () => {
    await client.request({ chat_id, order: 4711 });
    await hold();
    return { replies: ['the last before'] };
  });
  await visitor.says('one more');
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['Hello', 'the last before']);
  const [letter] = await operator.letters();
  expect(letter).toMatchObject({ about: 'incoming-request', code: 'channel-held', chat_id });

  const held = { status: 409, body: { code: 'channel-held' } };
  expect(await client.request({ chat_id })).toMatchObject(held);
  const template = { name: 'parcel', language: 'en' };
  const notification = { to: { chat_id }, template };
  expect(await client.ask('POST', '/notifications', notification)).toMatchObject(held);
  expect(await operator.redrive(letter?.id)).toMatchObject(held);

  await resume();
  journey.agent.next({ replies: ['about your order'] });
  expect((await operator.redrive(letter?.id)).status).toBe(202);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['Hello', 'the last before', 'about your order']);
  expect(await operator.letters()).toEqual([]);
});

test('a channel that is not held writes nothing more for a message than before', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  const calls: string[] = [];
  const remove = journey.runtime.intercept(({ caller, service, operation, moment }) => {
    if (caller === 'worker' && service === 'dynamodb' && moment === 'before') calls.push(operation);
    return 'pass';
  });
  await visitor.promptsAndWaits('Again');
  remove();
  // TURN claimed, CHAT recorded, TURN ended; and what is read: the channel, whom the phone leads to.
  expect(calls.filter((operation) => operation !== 'GetItem')).toEqual([
    'UpdateItem',
    'UpdateItem',
    'UpdateItem',
  ]);
});

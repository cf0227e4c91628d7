import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { cloudText } from '../support/webhook-bodies.ts';

const CHATS = 50;
const MESSAGES = 200;
const CLIENTS = 16;

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    tuning: { sandboxes: 5 }, // as many at once as the stack allows by default
    statuses: ['delivered'],
  });
});
afterAll(() => journey.stop());

test('of 200 messages of 50 visitors, every tenth posted twice, the agent gets 200 turns, and each visitor every reply once and in order', async () => {
  const messages = Array.from({ length: MESSAGES }, (_, at) => ({
    id: `wamid.many-${at}`,
    phone: `49171000${String(at % CHATS).padStart(4, '0')}`,
    text: `message ${at}`,
  }));
  // A client posts all of a chat's messages, one after the other, as WhatsApp sends them; a repeat
  // comes right behind the first.
  const clients = Array.from({ length: CLIENTS }, (_, client) =>
    messages.filter((_message, at) => (at % CHATS) % CLIENTS === client),
  );
  const statuses = await Promise.all(
    clients.map(async (mine) => {
      const answers: number[] = [];
      for (const message of mine) {
        const times = Number(message.id.split('-')[1]) % 10 === 0 ? 2 : 1;
        for (let time = 0; time < times; time++)
          answers.push(await journey.post(cloudText(message)));
      }
      return answers;
    }),
  );
  await journey.runtime.idle();

  expect(statuses.flat()).toEqual(Array.from({ length: MESSAGES * 1.1 }, () => 200));
  const turns = journey.agent
    .turns()
    .map(({ event }) => ('message' in event ? event.message.id : ''));
  expect(turns.toSorted()).toEqual(messages.map(({ id }) => id).toSorted());
  for (let chat = 0; chat < CHATS; chat++) {
    const phone = `49171000${String(chat).padStart(4, '0')}`;
    const expected = messages.filter((message) => message.phone === phone);
    expect(journey.received(phone).map(({ request }) => request.text)).toEqual(
      expected.map(({ text }) => `You said: ${text}`),
    );
  }
  expect(journey.provider.refusals).toEqual([]);
});

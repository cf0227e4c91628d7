import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { until } from '../support/runtime-until.ts';
import { cloudChange, flatText } from '../support/webhook-bodies.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

test('the webhook answers a body of 1000 items before the provider gives up, and every item is worked on', async () => {
  const messages = Array.from({ length: 20 }, (_, at) =>
    flatText({
      phone: `4917600000${String(at % 5).padStart(2, '0')}`,
      text: `${at}`,
      id: `ABGG-big-${at}`,
    }),
  );
  const statuses = Array.from({ length: 980 }, (_, at) => ({
    id: `wamid.big-status-${at}`,
    status: 'delivered',
    timestamp: '1791200158',
    recipient_id: '491760000000',
  }));
  const body = {
    ...cloudChange('messages', { statuses }),
    contacts: messages.flatMap(({ contacts }) => contacts),
    messages: messages.flatMap(({ messages }) => messages),
  };
  expect(await journey.post(body)).toBe(200); // `post` gives up after 5 s, as the provider does
  await until(() => journey.agent.turns().length === 20, { timeoutMs: 30_000 });
  await journey.runtime.idle();
  for (let chat = 0; chat < 5; chat++) {
    const texts = journey
      .received(`491760000${String(chat).padStart(3, '0')}`)
      .map(({ request }) => request.text);
    expect(texts).toEqual([0, 5, 10, 15].map((at) => `You said: ${at + chat}`));
  }
  expect(await journey.items('MESSAGE#')).toHaveLength(980 + 20);
});

test('a message of 100 KB reaches the agent whole, and so do ten of them in one body', async () => {
  const long = 'ж'.repeat(50_000);
  const messages = Array.from({ length: 10 }, (_, at) =>
    flatText({ phone: '491760000099', text: `${at} ${long}`, id: `ABGG-long-${at}` }),
  );
  journey.agent.answerWith(() => ({ replies: [] }));
  expect(
    await journey.post({
      contacts: messages[0]?.contacts,
      messages: messages.flatMap(({ messages }) => messages),
    }),
  ).toBe(200);
  await until(() => journey.agent.turns().length === 30, { timeoutMs: 20_000 });
  const texts = journey.agent
    .turns()
    .slice(20)
    .map(({ event }) => ('message' in event ? event.message.text : ''));
  expect(texts).toEqual(Array.from({ length: 10 }, (_, at) => `${at} ${long}`));
});

test('three messages of 32 000 emoji in one body are taken, and reach the agent whole', async () => {
  const long = '🙂'.repeat(32_000);
  const messages = [0, 1, 2].map((at) =>
    flatText({ phone: '491760000098', text: `${at} ${long}`, id: `ABGG-emoji-${at}` }),
  );
  const before = journey.agent.turns().length;
  journey.agent.answerWith(() => ({ replies: [] }));
  const body = {
    contacts: messages[0]?.contacts,
    messages: messages.flatMap(({ messages }) => messages),
  };
  expect(await journey.post(body)).toBe(200);
  await until(() => journey.agent.turns().length === before + 3, { timeoutMs: 20_000 });
  const texts = journey.agent
    .turns()
    .slice(before)
    .map(({ event }) => ('message' in event ? event.message.text : ''));
  expect(texts).toEqual([0, 1, 2].map((at) => `${at} ${long}`));
});

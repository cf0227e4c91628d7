import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { storm } from '../support/storm.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ tuning: {}, channel: { options: { if_window_closed: 'park' } } });
});
afterAll(() => journey.stop());

test('in a storm of deaths, cuts and outages no answer is lost or comes twice, and every chat keeps its order', async () => {
  const { runtime, agent, channel } = journey;
  const scene = { runtime, agent, channel, webhookUrl: channel.webhookUrl };
  const options = { seed: 13, messages: 24, chats: 6, unknowable: false, afterMs: 1_000 };
  expect(await storm(scene, options)).toMatchObject({
    messages: 24,
    turns: 24,
    asides: { accepted: 4, turns: 4 },
    lost: { givenUp: 0, unknown: 0, other: 0 },
    doubles: { unknowable: 0, other: 0 },
    brokenOrders: 0,
    deadLetters: { turns: 0, other: 0 },
  });
});

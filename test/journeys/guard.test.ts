import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { editChannel, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';
import { cloudText } from '../support/webhook-bodies.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    tuning: {}, // a runtime of its own: its clock cannot go back
    channel: { options: { max_turns_per_hour: 4 } },
  });
});
afterAll(() => journey.stop());

const handovers = (phone: string): AgentEvent[] =>
  journey.agent.requests
    .map(({ event }) => event)
    .filter((event) => 'handover' in event && event.context.channel_visitor_phone === phone);

test('two bots that answer each other are stopped: the agent is told once, and what comes is still recorded', async () => {
  const bot = meetVisitor(journey);
  journey.agent.answerWith(({ event }) => ({
    replies: 'message' in event ? ['Anything else?'] : [],
  }));
  // The other bot answers each message it gets, at once, six times.
  let answered = 0;
  await bot.says('0');
  while (answered < 6) {
    const heard = await until(() => bot.bodies().length > Math.min(answered, 3));
    expect(heard).toBe(true);
    answered += 1;
    await journey.post(
      cloudText({ phone: bot.phone, text: String(answered), id: `wamid.bot.${answered}` }),
    );
    await journey.runtime.idle();
  }
  expect(bot.turns().map(({ message }) => message.text)).toEqual(['0', '1', '2', '3']);
  expect(bot.bodies()).toHaveLength(4);
  const [told, ...more] = handovers(bot.phone);
  expect(more).toEqual([]);
  expect(told).toMatchObject({ handover: { by: 'limit', until: expect.any(String) } });
  const chat = (await journey.items('CHAT#')).find(({ phone }) => phone === bot.phone);
  expect(chat).toMatchObject({ missed: 3, inbound_event: expect.any(String), turns_counted: 7 });
  expect(Number(chat?.last_inbound_at)).toBeGreaterThan(Number(chat?.inbound_before) - 1);
  const ended = (await journey.items('TURN#')).filter(({ outcome }) =>
    String(outcome).includes('limited'),
  );
  expect(ended).toHaveLength(3);

  // An operator raises the limit: the next message is answered, and the agent hears how much it missed.
  await editChannel(journey, { options: { max_turns_per_hour: 0 } });
  await bot.says('now?');
  await journey.runtime.idle();
  expect(bot.turns().at(-1)).toMatchObject({ message: { text: 'now?' }, chat: { missed: 3 } });
  await editChannel(journey, { options: { max_turns_per_hour: 4 } });
});

test('a message that the provider repeats, or whose agent is asked again, counts once', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 503, headers: {}, body: '' });
  const id = await visitor.says('one');
  await journey.runtime.idle();
  await journey.post(cloudText({ phone: visitor.phone, text: 'one', id }));
  await journey.runtime.idle();
  const chat = (await journey.items('CHAT#')).find(({ phone }) => phone === visitor.phone);
  expect(chat).toMatchObject({ turns_counted: 1 });
});

test('in the next hour the agent is asked again, hears how much it missed, and the count begins anew', async () => {
  const visitor = meetVisitor(journey);
  for (const text of ['1', '2', '3', '4', '5']) await visitor.says(text, ['ok']);
  await journey.runtime.idle();
  expect(visitor.turns().map(({ message }) => message.text)).toEqual(['1', '2', '3', '4']);
  expect(handovers(visitor.phone)).toHaveLength(1);
  await journey.runtime.clock.pass(3_601_000);
  for (const text of ['6', '7', '8', '9', '10']) await visitor.says(text, ['ok']);
  await journey.runtime.idle();
  const [, , , , sixth, ...more] = visitor.turns();
  expect(sixth).toMatchObject({ message: { text: '6' }, chat: { missed: 1 } });
  expect(more.map(({ message }) => message.text)).toEqual(['7', '8', '9']);
  expect(handovers(visitor.phone)).toHaveLength(2);
});

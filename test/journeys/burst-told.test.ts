// What a visitor and the agent are told of messages that became one turn.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BURSTS, burstsEnd, writesAtOnce } from '../support/bursts-end.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { meetVisitor } from '../support/journey-visitor.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    tuning: {}, // a runtime of its own: its clock cannot go back
    // Left undefined, so that the channel has the default: typing is shown.
    channel: { options: { ...BURSTS, history_turns: 1, typing_indicator: undefined } },
  });
});
afterAll(() => journey.stop());

test('the visitor sees the messages read and the agent typing once, when the agent is asked', async () => {
  const visitor = meetVisitor(journey);
  const shown = () =>
    journey.provider.requests
      .map(({ body }) => body as { message_id?: string; typing_indicator?: object } | null)
      .filter((body) => body?.message_id?.startsWith(`wamid.${visitor.phone}.`));
  await writesAtOnce(journey, visitor, 'one', 'two', 'three', 'four', 'five');
  await journey.runtime.settled();
  expect(shown()).toEqual([]);
  await burstsEnd(journey);
  expect(visitor.texts()).toEqual(['ok']);
  const [newest] = visitor.turns();
  expect(shown()).toMatchObject([{ message_id: newest?.message.id, typing_indicator: {} }]);
});

test('the history tells all messages of the turn before, however many it and the next have', async () => {
  const visitor = meetVisitor(journey);
  const texts = (name: string) => Array.from({ length: 25 }, (_, at) => `${name} ${at}`);
  for (const name of ['a', 'b']) {
    await writesAtOnce(journey, visitor, ...texts(name));
    await burstsEnd(journey);
  }
  const [, second] = visitor.turns();
  expect(second?.history?.map(({ text }) => text)).toEqual([...texts('a'), 'ok']);
});

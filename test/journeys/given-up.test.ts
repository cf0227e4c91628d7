import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { openOperator } from '../support/journey-operator.ts';
import { meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

test('a reply at which the sender dies each time before it has begun it is given up, the agent is told, the chat goes on, and an operator has it sent after all', async () => {
  const visitor = meetVisitor(journey);
  let deaths = 0;
  const remove = journey.runtime.intercept(({ caller, operation, moment }) => {
    // The 25th time the reply is received it is given up, which writes as well.
    if (caller !== 'send' || operation !== 'PutItem' || moment !== 'before' || deaths >= 24) {
      return 'pass';
    }
    deaths += 1;
    void journey.runtime.kill('send');
    return 'hang';
  });
  await visitor.prompts('deadly');
  await until(() => visitor.news().length > 0, { timeoutMs: 60_000 });
  await journey.runtime.idle();
  remove();

  expect(deaths).toBe(24);
  expect(visitor.news()).toMatchObject([{ status: 'failed', code: 'given-up' }]);
  expect(await journey.items('DEAD#')).toMatchObject([
    { queue: 'outbound', code: 'job-abandoned' },
  ]);
  await visitor.promptsAndWaits('And now?');
  expect(visitor.texts()).toEqual(['And now?']);

  const operator = openOperator(journey);
  const [letter] = await operator.letters();
  expect(letter).toMatchObject({ about: 'reply', chat_id: visitor.turns()[0]?.chat.id });
  expect((await operator.redrive(letter?.id)).status).toBe(202);
  await visitor.promptsAndWaits('the last');
  expect(visitor.texts()).toEqual(['And now?', 'deadly', 'the last']);
  const path = `/channels/${journey.channel.id}/replies/${letter?.reply_id}`;
  const reply = await operator.ask('GET', path);
  expect(reply.body).toMatchObject({ parts: [{ status: 'accepted', code: null }] });
  expect(await operator.letters()).toEqual([]);
});

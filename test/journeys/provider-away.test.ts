import { afterAll, beforeAll, expect, test } from 'vitest';
import { goAway } from '../../infra/local/dialog360/go-away.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ statuses: EVERY_STATUS });
});
afterAll(() => journey.stop());

test('while 360dialog’s messaging backend is away nobody’s answer is lost: each comes once, and each chat keeps its order', async () => {
  const visitors = Array.from({ length: 4 }, () => meetVisitor(journey));
  let refused = 0;
  const comeBack = goAway(journey.provider);
  const remove = journey.runtime.intercept(({ caller, operation, moment }) => {
    // The sender puts a job off when a request of its was refused.
    if (caller === 'send' && operation === 'ChangeMessageVisibility' && moment === 'after') {
      refused += 1;
    }
    return 'pass';
  });
  for (const visitor of visitors) {
    await visitor.prompts('one', 'two');
    await visitor.prompts('three');
  }
  // Each chat's first reply has been refused more often than an unknown outcome is tried again.
  await until(() => refused >= 3 * visitors.length);
  comeBack();
  remove();
  await journey.runtime.idle();
  for (const visitor of visitors) expect(visitor.texts()).toEqual(['one', 'two', 'three']);
  expect(visitors.flatMap((visitor) => visitor.news())).toEqual([]); // nothing ended otherwise
});

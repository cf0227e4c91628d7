import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Delivery } from '../../shared/contract/delivery.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    channel: { agent: { events: ['message', 'delivery'] } },
    statuses: EVERY_STATUS,
  });
});
afterAll(() => journey.stop());

const VISITORS = 12;

test('while the agent lets all that it is told wait, every status is recorded, and afterwards it hears all of it', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let held = 0;
  const visitors = Array.from({ length: VISITORS }, () => meetVisitor(journey));
  journey.agent.answerWith(async ({ event }) => {
    if ('message' in event) return { replies: ['Hello'] };
    held += 1;
    await released;
    return { replies: [] };
  });
  await Promise.all(visitors.map((visitor) => visitor.says('Hi')));

  // Of three slots of news one channel may hold two (PROTOCOLS 22).
  await until(() => held >= 2, { what: 'the slots of news to wait for the agent' });
  const statuses = async () =>
    (await journey.items('DELIVERY#')).map(
      (item) => (item as unknown as Delivery).parts[0]?.status,
    );
  await until(async () => (await statuses()).filter((one) => one === 'read').length === VISITORS, {
    what: 'every reply to be read',
  });
  expect(held).toBeLessThan(VISITORS);

  release();
  await journey.runtime.idle();
  for (const visitor of visitors) {
    expect(visitor.texts()).toEqual(['Hello']);
    expect(visitor.news().map(({ status }) => status)).toContain('read');
  }
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    channel: { options: { wait_after_media_ms: 0 } },
    statuses: ['sent'], // a delivered message cannot fail any more
  });
});
afterAll(() => journey.stop());
afterEach(() => {
  Object.assign(journey.provider.files, { links: 'taken' });
  journey.provider.statuses.withCallbackData = true;
  expect(journey.provider.refusals).toEqual([]);
});

const LINK = 'https://cdn.example/a.jpg';
const image = { type: 'attachment', kind: 'image', url: LINK, caption: 'Look', id: 'picture' };
const sent = (visitor: JourneyVisitor) => journey.received(visitor.phone);
const error = (code: number) => [{ code, title: 'Something' }];
/** The provider reports that a message failed. Waits until nothing is at work any more. */
async function fail(visitor: JourneyVisitor, at: number, code: number) {
  const message = sent(visitor)[at];
  if (!message) throw new Error('there is no such message');
  await journey.provider.tellStatus(message, 'failed', error(code));
  await journey.runtime.idle();
}
const said = (visitor: JourneyVisitor) =>
  visitor.news().map(({ status, code, part }) => `${part}:${status}:${code}`);

test.each([
  true,
  false,
])('a link that WhatsApp cannot fetch goes once more as text, at the end of the queue (statuses with our callback data: %s)', async (withCallbackData) => {
  const visitor = meetVisitor(journey);
  journey.provider.statuses.withCallbackData = withCallbackData;
  journey.provider.files.links = 'failed-later';
  await visitor.promptsAndWaits(image, 'two', 'three');
  const [first, ...others] = visitor.texts();
  expect([first, ...others.slice(-1)]).toEqual(['Look', `Look\n${LINK}`]);
  expect(others.slice(0, 2)).toEqual(['two', 'three']);
  expect(others).toHaveLength(3);
  expect(visitor.news()).toEqual([
    expect.objectContaining({ id: 'picture', part: 0, status: 'degraded', code: 'media-as-link' }),
  ]);

  // The provider repeats the status for days.
  await fail(visitor, 0, 131053);
  await fail(visitor, 0, 131053);
  expect(sent(visitor)).toHaveLength(4);
  expect(said(visitor)).toEqual(['0:degraded:media-as-link']);
});

test('only the failed part of a reply is sent again, and when it fails again it ends failed', async () => {
  const visitor = meetVisitor(journey);
  const long = { ...image, caption: 'x'.repeat(1_500), id: 'long' };
  journey.provider.files.links = 'failed-later';
  await visitor.promptsAndWaits(long);
  expect(sent(visitor).map(({ request }) => request.type)).toEqual(['image', 'text', 'text']);
  await fail(visitor, 2, 131053);
  expect(sent(visitor)).toHaveLength(3);
  expect(said(visitor)).toEqual(['0:degraded:media-as-link', '0:failed:provider-131053']);

  const delivery = (await journey.items('DELIVERY#')).find(({ id }) => id === 'long');
  const { 0: first, 1: second } = delivery?.parts as Record<string, { status: string }>;
  expect([first?.status, second?.status]).toEqual(['failed', 'sent']);
});

test('a message that failed for a passing reason is sent once more, and of a lasting failure the agent is told', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('one', 'two');
  await fail(visitor, 0, 131000);
  expect(visitor.texts()).toEqual(['one', 'two', 'one']);
  expect(visitor.news()).toEqual([]);

  const final = meetVisitor(journey);
  await final.promptsAndWaits('nobody there');
  await fail(final, 0, 131026);
  expect(final.texts()).toEqual(['nobody there']);
  expect(said(final)).toEqual(['0:failed:provider-131026']);
});

test('of several errors of one status the one that decides counts: nothing is sent again in vain', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  const [message] = sent(visitor);
  if (!message) throw new Error('there is no such message');
  await journey.provider.tellStatus(message, 'failed', [...error(131000), ...error(131026)]);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['Hello']);
  expect(said(visitor)).toEqual(['0:failed:provider-131026']);
});

test('a failed status after a delivered one changes nothing', async () => {
  const visitor = meetVisitor(journey);
  journey.provider.statuses.tell = ['sent', 'delivered'];
  await visitor.promptsAndWaits('arrived');
  journey.provider.statuses.tell = ['sent'];
  await fail(visitor, 0, 131000);
  await fail(visitor, 0, 131026);
  expect(visitor.texts()).toEqual(['arrived']);
  expect(visitor.news()).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';

const HOUR_MS = 3_600_000;

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    tuning: {}, // a runtime of its own: its clock cannot go back
    channel: {
      agent: {
        events: ['delivery:refused', 'delivery:parked', 'delivery:released', 'delivery:expired'],
      },
    },
    statuses: ['delivered'],
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

const pass = (hours: number) => journey.runtime.clock.pass(hours * HOUR_MS);

test('a pause comes forward, and what follows it meets the closed window: one is refused, one waits and is released', async () => {
  const visitor = meetVisitor(journey);
  await visitor.prompts(
    'at once',
    { type: 'pause', seconds: 60 },
    { type: 'text', text: 'refused', if_window_closed: 'refuse' },
    { type: 'text', text: 'parked', if_window_closed: 'park' },
  );
  await journey.runtime.settled();
  await pass(25);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['at once']);
  expect(visitor.news().map(({ status }) => status)).toEqual(['refused', 'parked']);

  await visitor.promptsAndWaits('welcome back');
  expect(visitor.texts()).toEqual(['at once', 'parked', 'welcome back']);
  expect(visitor.news().map(({ status }) => status)).toEqual(['refused', 'parked', 'released']);
});

// biome-ignore format: a table reads by column
const presses = [
  { passes: '23 hours and 58 minutes', hours: 24 - 2 / 60, becomes: ['by itself'] },
  { passes: '25 hours',                hours: 25,          becomes: ['refused window-closed'] },
];

test.each(
  presses,
)('$passes after the visitor wrote, a message of the agent becomes $becomes', async ({
  hours,
  becomes,
}) => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits();
  await pass(hours);
  await client.send({ phone: visitor.phone }, ['by itself']);
  await journey.runtime.idle();
  const news = visitor.news().map(({ status, code }) => `${status} ${code}`);
  expect([...visitor.texts(), ...news]).toEqual(becomes);
});

test('an agent that failed is asked again when its wait is over by the clock', async () => {
  const visitor = meetVisitor(journey);
  const { runtime, agent } = journey;
  const putOff = () =>
    runtime.output.filter(({ line }) => line.includes('agent-asked-again')).length;
  const before = putOff();
  agent.next({ status: 500 }, { status: 500 }, { status: 500 });
  await visitor.prompts('at last');
  for (const failures of [1, 2, 3]) {
    await until(() => putOff() === before + failures, { what: `failure ${failures}` });
    await runtime.settled();
    await pass(1 / 6);
  }
  await runtime.idle();
  expect(visitor.texts()).toEqual(['at last']);
});

test('a parked reply expires when its time is over by the clock, and its agent is told', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits();
  await pass(25);
  const parked = {
    type: 'text',
    text: 'until tonight',
    if_window_closed: 'park',
    valid_for: 7_200,
  };
  await client.send({ phone: visitor.phone }, [parked]);
  await journey.runtime.idle();
  expect(visitor.news().map(({ status }) => status)).toEqual(['parked']);
  await pass(3);
  await until(() => visitor.news().some(({ status }) => status === 'expired'));
  await visitor.promptsAndWaits('welcome back');
  expect(visitor.texts()).toEqual(['welcome back']);
});

test('a dialog is closed when its visitor was silent for longer than it may be idle', async () => {
  const visitor = meetVisitor(journey);
  const dialog = async () => (await client.ask('GET', `/chats?phone=${visitor.phone}`)).body.dialog;
  await visitor.promptsAndWaits('hello');
  await pass(0.9);
  expect(await dialog()).toBe('open');
  await pass(0.2);
  expect(await dialog()).toBe('closed');
});

test('an event says when the visitor wrote by the clock, and is signed by the machine’s time', async () => {
  const visitor = meetVisitor(journey);
  const begun = Date.now();
  await visitor.promptsAndWaits();
  const request = journey.agent.turns().at(-1);
  expect(Date.parse(request?.event.event.at ?? '')).toBeGreaterThan(begun + HOUR_MS);
  const signedMs = Number(request?.headers['webhook-timestamp']) * 1000;
  expect(signedMs).toBeGreaterThan(begun - 60_000);
  expect(signedMs).toBeLessThan(begun + HOUR_MS);
});

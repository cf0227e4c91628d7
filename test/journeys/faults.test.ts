import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FaultName } from '../../infra/local/faults/fault.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    tuning: { statusGapMs: 5 }, // a runtime of its own: its clock cannot go back
    channel: { agent: { events: ['delivery'] } },
    statuses: EVERY_STATUS,
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());
afterEach(() => {
  expect(journey.runtime.faults.list().filter(({ left }) => left !== 0)).toEqual([]);
});

const logs = (name: string) =>
  journey.runtime.output.filter(({ line }) => line.includes(`"message":"${name}"`)).length;
/** What the agent was told that the visitor did not get. */
const bad = (visitor: JourneyVisitor) =>
  visitor
    .news()
    .filter(({ status }) => status === 'refused' || status === 'failed')
    .map(({ status, code }) => `${status} ${code}`);
const taken = (visitor: JourneyVisitor) => journey.received(visitor.phone).length;
const pass = (minutes: number) => journey.runtime.clock.pass(minutes * 60_000);

/** The visitor writes while the fault is on, and time passes until nothing waits any more. */
async function strike(fault: FaultName, times = 1, reply: unknown = 'the answer') {
  const visitor = meetVisitor(journey);
  journey.runtime.faults.arm(fault, times);
  await visitor.prompts(reply);
  await journey.runtime.settled();
  return visitor;
}

test.each([
  'agent-down',
  'provider-429',
  'provider-500',
  'pair-limit',
] as const)('after %s the visitor gets the answer once, when the wait is over', async (fault) => {
  const visitor = await strike(fault);
  expect(taken(visitor)).toBe(0);
  await pass(5);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['the answer']);
});

test.each([
  { fault: 'kill-worker', asked: 2 },
  { fault: 'kill-sender', asked: 1 },
] as const)('after $fault another one does the job when its visibility is over, and the visitor gets the answer once', async ({
  fault,
  asked,
}) => {
  const visitor = await strike(fault);
  await pass(5);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['the answer']);
  expect(visitor.turns()).toHaveLength(asked);
});

test('when the answer of 360dialog is lost, the sender learns from the status that the message went', async () => {
  const visitor = await strike('answer-lost');
  await pass(1);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['the answer']);
});

test('an agent that answers nonsense leaves the message unanswered, and the next one is answered', async () => {
  const before = logs('turn-lost');
  const visitor = await strike('agent-nonsense');
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([]);
  expect(logs('turn-lost')).toBe(before + 1);
  await visitor.promptsAndWaits('here again');
  expect(visitor.texts()).toEqual(['here again']);
});

test('a slow agent is waited for', async () => {
  const visitor = meetVisitor(journey);
  journey.runtime.faults.arm('agent-slow', 1);
  await visitor.prompts('the answer');
  await until(() => journey.runtime.faults.list().every(({ left }) => left === 0));
  expect(visitor.turns()).toEqual([]);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['the answer']);
});

test('a file that WhatsApp cannot process is told late, and goes another way', async () => {
  const url = `${journey.runtime.url}/sandbox/agent/picture.png`;
  const picture = { type: 'attachment', kind: 'image', url, caption: 'Look', send_as: 'file' };
  const visitor = await strike('media-late', 1, picture);
  await journey.runtime.idle();
  expect(visitor.bodies().map(({ type }) => type)).toEqual(['image', 'text']);
  expect(visitor.news().map(({ code }) => code)).toContain('media-as-link');
});

test('a window that WhatsApp calls closed is told late, and the reply is refused', async () => {
  const visitor = await strike('window-late', 2);
  await journey.runtime.idle();
  expect(bad(visitor)).toEqual(['refused window-closed']);
});

test('read, delivered and sent in the wrong order: the reply stays read', async () => {
  const visitor = await strike('webhook-reordered');
  await journey.runtime.idle();
  const line = journey.received(visitor.phone)[0]?.line;
  expect(line?.statuses).toEqual(['accepted', 'read', 'delivered', 'sent']);
  const id = visitor.news()[0]?.reply_id;
  const { body } = await client.ask('GET', `/replies/${id}`);
  expect(body).toMatchObject({ parts: [{ status: 'read' }] });
});

const play = async (visitor: JourneyVisitor) => {
  const answer = await fetch(`${journey.runtime.url}/sandbox/360dialog/play?wait=0`, {
    method: 'POST',
    body: JSON.stringify({ from: visitor.phone, text: 'Hello' }),
  });
  expect(answer.status).toBe(200);
  await journey.runtime.idle();
};

test('a played message that comes twice is asked about once', async () => {
  const visitor = meetVisitor(journey);
  journey.runtime.faults.arm('webhook-twice', 1);
  await play(visitor);
  expect(visitor.turns()).toHaveLength(1);
});

test('a played message that comes a day late is older than the window', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.answerWith(({ event }) => ({ replies: 'message' in event ? ['too late'] : [] }));
  journey.runtime.faults.arm('webhook-day-late', 1);
  await play(visitor);
  expect(visitor.texts()).toEqual([]);
  expect(bad(visitor)).toEqual(['refused window-closed']);
});

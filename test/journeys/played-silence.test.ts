import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { PROVIDER_KEY } from '../support/journey-files.ts';

/** Longer than a test may take: what is answered at all is answered before the wait is over. */
const NEVER_OVER_MS = 3_600_000;

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ inspect: true, tuning: { playWaitMs: NEVER_OVER_MS } });
});
afterAll(() => journey.stop());

let met = 0;
/** A visitor whom no test has met writes, and whoever played that reads what came back. */
async function play(): Promise<Record<string, unknown>> {
  met += 1;
  const answer = await fetch(`${journey.runtime.url}/sandbox/360dialog/play`, {
    method: 'POST',
    body: JSON.stringify({ token: PROVIDER_KEY, from: `+49 172 777-${1000 + met}`, text: 'Hello' }),
  });
  return (await answer.json()) as Record<string, unknown>;
}

test('a play says at once that the turn was lost, with its code and reason', async () => {
  journey.agent.next({ status: 401, headers: {}, body: '' });
  const reason = 'HTTP 401, the agent refuses our signature';
  expect(await play()).toMatchObject({
    replies: [],
    not_shown: [{ what: 'turn-lost', code: 'agent-rejected', reason }],
    note: `Nothing came back: the agent failed for good: agent-rejected: ${reason}`,
  });
});

test('a play says at once which replies were refused, and shows the others', async () => {
  const refused = { what: 'refused', code: 'reply-unsupported' };
  journey.agent.next({ replies: [{ type: 'image' }] });
  expect(await play()).toMatchObject({
    replies: [],
    not_shown: [{ ...refused, reason: expect.stringMatching(/^replies\.0\.type: "image" is no/) }],
    note: expect.stringMatching(/^Nothing came back: a reply was refused: reply-unsupported: repl/),
  });
  journey.agent.next({ replies: ['one', { type: 'image' }, 'three'] });
  const mixed = await play();
  expect(mixed).toMatchObject({
    replies: [{ text: 'one' }, { text: 'three' }],
    not_shown: [{ ...refused, reason: expect.stringMatching(/^replies\.1\.type/) }],
  });
  expect(mixed).not.toHaveProperty('note');
});

test('a play waits for an agent that is asked again, and shows its answer', async () => {
  journey.agent.next({ status: 503, headers: {}, body: '' }, { replies: ['late'] });
  expect(await play()).toMatchObject({
    replies: [{ text: 'late' }],
    not_shown: [{ what: 'agent-asked-again', reason: 'HTTP 503' }],
  });
});

test('a play that is answered has nothing to add', async () => {
  journey.agent.next({ replies: ['fine'] });
  expect(await play()).not.toHaveProperty('not_shown');
});

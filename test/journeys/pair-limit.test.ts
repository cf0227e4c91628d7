import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { json } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';

/** WhatsApp's interval of 6 s, divided by 150. */
const INTERVAL_MS = 40;
const BURST = 45;

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ tuning: { pairIntervalMs: INTERVAL_MS } });
});
afterAll(() => journey.stop());
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  expect(journey.provider.refusals).toEqual([]);
});

/** The provider refuses with 131056 what goes to a visitor too fast. Returns how often it did. */
function limit({ phone }: JourneyVisitor, mayGo: (now: number) => boolean): () => number {
  let refused = 0;
  removals.push(
    journey.provider.onRequest(({ path, body }) => {
      const { to, status } = (body ?? {}) as { to?: string; status?: string };
      if (!path.endsWith('/messages') || status || to !== `+${phone}` || mayGo(Date.now())) return;
      refused += 1;
      return json(400, { error: { code: 131056, message: '(#131056) Pair rate limit hit' } });
    }),
  );
  return () => refused;
}

/** One meaning of the limit: a bucket of 45 messages that gets one more each interval. */
function bucket(): (now: number) => boolean {
  let [level, at] = [BURST, Date.now()];
  return (now) => {
    [level, at] = [Math.min(BURST, level + (now - at) / INTERVAL_MS), now];
    if (level < 1) return false;
    level -= 1;
    return true;
  };
}

/** The other meaning: 45 messages, and then none until 45 intervals are over. */
function payback(): (now: number) => boolean {
  let [taken, freeAt] = [0, 0];
  return (now) => {
    if (now < freeAt) return false;
    taken = taken === BURST ? 1 : taken + 1;
    if (taken === BURST) freeAt = now + BURST * INTERVAL_MS;
    return true;
  };
}

/**
 * Sixty replies at once: three answers of the agent with twenty each, the most an answer may have.
 */
const sixty = Array.from({ length: 60 }, (_, at) => `reply ${at}`);
const answers = [0, 20, 40].map((from) => sixty.slice(from, from + 20));

test('sixty replies to one visitor all arrive in order with either meaning of the pair limit, and other visitors do not wait', async () => {
  const [steady, strict, other] = [1, 2, 3].map(() => meetVisitor(journey)) as [
    JourneyVisitor,
    JourneyVisitor,
    JourneyVisitor,
  ];
  const refusedSteady = limit(steady, bucket());
  const refusedStrict = limit(strict, payback());
  // A third visitor writes while the replies to the others wait.
  let heldBack = { steady: 0, strict: 0 };
  removals.push(
    journey.provider.onSend(({ request }) => {
      if (request.phone === other.phone) {
        heldBack = { steady: steady.texts().length, strict: strict.texts().length };
      }
      return undefined;
    }),
  );
  for (const replies of answers) {
    await Promise.all([steady.prompts(...replies), strict.prompts(...replies)]);
  }
  await other.promptsAndWaits('not slowed');
  expect(steady.texts()).toEqual(sixty);
  expect(strict.texts()).toEqual(sixty);
  expect(other.texts()).toEqual(['not slowed']);
  expect(heldBack.steady + heldBack.strict).toBeLessThan(120);
  expect(refusedSteady()).toBe(0);
  expect(refusedStrict()).toBeGreaterThan(0);
  expect([...steady.news(), ...strict.news()]).toEqual([]);
  const { depth } = journey.runtime.aws;
  expect(depth('outbound')).toEqual({ waiting: 0, inFlight: 0, dead: 0 });
  expect(await journey.items('DEAD#')).toEqual([]);
});

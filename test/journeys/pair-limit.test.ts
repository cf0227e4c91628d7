import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { json } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';

/** WhatsApp's 6 s, a hundred and fifty times as fast. */
const INTERVAL_MS = 40;
const BURST = 45;

let journey: Journey;
beforeAll(async () => {
  // Whoever comes back before its time only waits again.
  const tuning = { pairIntervalMs: INTERVAL_MS };
  journey = await startJourney({ tuning });
});
afterAll(() => journey.stop());
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  expect(journey.provider.refusals).toEqual([]);
});

/** Refuses with 131056 what goes to somebody too fast. Returns how often it did. */
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

/** Refills one message each interval, and holds 45. */
function bucket(): (now: number) => boolean {
  let [level, at] = [BURST, Date.now()];
  return (now) => {
    [level, at] = [Math.min(BURST, level + (now - at) / INTERVAL_MS), now];
    if (level < 1) return false;
    level -= 1;
    return true;
  };
}

/** Takes 45, and then nothing until the time of all of them is paid back. */
function payback(): (now: number) => boolean {
  let [taken, freeAt] = [0, 0];
  return (now) => {
    if (now < freeAt) return false;
    taken = taken === BURST ? 1 : taken + 1;
    if (taken === BURST) freeAt = now + BURST * INTERVAL_MS;
    return true;
  };
}

/** Sixty replies at once: three answers, as many as each may hold. */
const sixty = Array.from({ length: 60 }, (_, at) => `reply ${at}`);
const answers = [0, 20, 40].map((from) => sixty.slice(from, from + 20));

test('sixty replies to one visitor all arrive, in order, however the limit is meant; nobody else is slowed', async () => {
  const [steady, strict, other] = [1, 2, 3].map(() => meetVisitor(journey)) as [
    JourneyVisitor,
    JourneyVisitor,
    JourneyVisitor,
  ];
  const refusedSteady = limit(steady, bucket());
  const refusedStrict = limit(strict, payback());
  // A third visitor speaks while the others are held back.
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
  await other.hears('not slowed');
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

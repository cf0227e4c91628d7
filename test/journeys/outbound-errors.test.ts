import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ statuses: ['delivered'] });
});
afterAll(() => journey.stop());
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  journey.provider.statuses.tell = ['delivered'];
  expect(journey.provider.refusals).toEqual([]);
});

const meta = (code: number, status = 400): HttpAnswer =>
  json(status, {
    error: { message: `(#${code}) No`, code, error_data: { details: 'Because.' } },
  });
const failed = (visitor: JourneyVisitor) =>
  visitor.news().map(({ status, code, reason }) => ({ status, code, reason }));
/**
 * Answers the messages to a visitor, as long as there are answers. Returns how many messages came.
 */
function answering({ phone }: JourneyVisitor, ...answers: HttpAnswer[]): () => number {
  let requests = 0;
  removals.push(
    journey.provider.onRequest(({ method, path, body }) => {
      const { to, status } = (body ?? {}) as { to?: string; status?: string };
      if (method !== 'POST' || !path.endsWith('/messages') || status || to !== `+${phone}`) return;
      requests += 1;
      return answers[requests - 1];
    }),
  );
  return () => requests;
}

test('the sender waits while the provider has a passing error: all replies arrive in order, and the agent is not told', async () => {
  const answers: [what: string, answer: HttpAnswer | null][] = [
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '1' }, body: '' }],
    ['130429', meta(130429)],
    ['131056', meta(131056)],
    ['131016 in Meta’s own words', meta(131016, 500)],
    ['nothing at all', null],
  ];
  await Promise.all(
    answers.map(async ([what, answer]) => {
      const visitor = meetVisitor(journey);
      const requests = answering(visitor, ...(answer ? [answer] : []));
      await visitor.promptsAndWaits(what, 'two');
      expect([what, requests()]).toEqual([what, answer ? 3 : 2]);
      expect(visitor.texts()).toEqual([what, 'two']);
      expect(visitor.news()).toEqual([]);
    }),
  );
});

test.each([
  131026, 131049,
])('a reply refused with %i ends failed, the agent gets the provider’s words, and the next reply goes', async (code) => {
  const visitor = meetVisitor(journey);
  const requests = answering(visitor, meta(code));
  await visitor.promptsAndWaits('lost', 'next');
  expect(requests()).toBe(2);
  expect(visitor.texts()).toEqual(['next']);
  expect(failed(visitor)).toEqual([
    { status: 'failed', code: `provider-${code}`, reason: expect.stringContaining('Because.') },
  ]);
});

test('after a 500 that does not say whether the provider took the message a status decides, and nothing is sent twice', async () => {
  const visitor = meetVisitor(journey);
  let answers = 0;
  removals.push(
    journey.provider.onSend(({ request }) => {
      if (request.phone !== visitor.phone) return;
      answers += 1;
      return { status: 500, body: '' };
    }),
  );
  await visitor.promptsAndWaits('taken all the same');
  expect(visitor.texts()).toEqual(['taken all the same']);
  expect(answers).toBe(1);
  expect(visitor.news()).toEqual([]);
});

test('when the sender dies at each of three parts of a reply, no part is sent twice, none is lost, and the order stays', async () => {
  const visitor = meetVisitor(journey);
  const deaths: string[] = [];
  removals.push(
    journey.provider.onSend(async ({ request }) => {
      if (request.phone !== visitor.phone || deaths.includes(request.text)) return;
      deaths.push(request.text);
      await journey.runtime.kill('send');
      return;
    }),
  );
  const parts = ['a', 'b', 'c'].map((letter) => letter.repeat(4_096));
  await visitor.promptsAndWaits(parts.join(''));
  expect(deaths).toEqual(parts);
  expect(visitor.texts()).toEqual(parts);
  expect(visitor.news()).toEqual([]);
});

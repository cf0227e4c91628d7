import * as z from 'zod/mini';
import { read } from '../../../shared/kernel/parse.ts';
import { readable, refusal } from '../dialog360/play/play-answers.ts';
import { jsonIn } from '../http/json-in.ts';
import type { HttpAnswer, HttpAsk } from '../http/serve.ts';
import type { Clock } from './clock.ts';
import { lengthOf, spanSchema } from './span.ts';

/** At once. */
const MOST_MS = lengthOf({ days: 90 });

const passSchema = spanSchema.check(
  z.refine((span) => lengthOf(span) > 0, 'must let some time pass, such as {"hours": 25}'),
  z.refine((span) => lengthOf(span) <= MOST_MS, 'must be at most 90 days at once'),
);

/** `POST` lets time pass, `GET` says what time it is here. */
export async function answerClock(clock: Clock, { method, body }: HttpAsk): Promise<HttpAnswer> {
  if (method !== 'GET' && method !== 'POST') return refusal(405, 'Use GET or POST.');
  if (method === 'POST') {
    const time = read(passSchema, jsonIn(body));
    if (!time.ok) {
      const faults = time.errors.map(({ path, detail }) => `${path || 'body'} ${detail}`);
      return refusal(422, `${faults.join('; ')}.`, { errors: time.errors });
    }
    await clock.pass(lengthOf(time.value));
  }
  return readable({ now: new Date(clock.now()).toISOString(), ahead_ms: clock.aheadMs });
}

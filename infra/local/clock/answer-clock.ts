import * as z from 'zod/mini';
import { read } from '../../../shared/kernel/parse.ts';
import { readable, refusal } from '../dialog360/play/play-answers.ts';
import { jsonIn } from '../http/json-in.ts';
import type { HttpAnswer, HttpAsk } from '../http/serve.ts';
import type { Clock } from './clock.ts';

const UNITS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000 } as const;
/** At once. */
const MOST_MS = 90 * UNITS.days;

const some = z._default(z.number().check(z.minimum(0)), 0);
const passSchema = z.strictObject({ days: some, hours: some, minutes: some, seconds: some }).check(
  z.refine((time) => lengthOf(time) > 0, 'must let some time pass, such as {"hours": 25}'),
  z.refine((time) => lengthOf(time) <= MOST_MS, 'must be at most 90 days at once'),
);

const lengthOf = (time: Record<keyof typeof UNITS, number>): number =>
  Object.entries(UNITS).reduce((sum, [unit, ms]) => sum + time[unit as keyof typeof UNITS] * ms, 0);

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

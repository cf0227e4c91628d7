import { read } from '../../../../shared/kernel/parse.ts';
import { jsonIn } from '../../http/json-in.ts';
import type { HttpAnswer, HttpAsk } from '../../http/serve.ts';
import type { Dialog360Double } from '../double.ts';
import { outcomeSchema } from './outcome-schema.ts';
import { notRead, readable, refusal } from './play-answers.ts';
import { OUTCOME_EXAMPLE } from './play-examples.ts';
import { outcomeWords, playOutcome } from './play-outcome.ts';

/** `POST /outcomes` makes the next messages fail, `GET` lists what waits, `DELETE` takes it back. */
export function answerOutcomes(double: Dialog360Double, { method, body }: HttpAsk): HttpAnswer {
  if (method === 'DELETE') double.outcomes.clear();
  if (method === 'GET' || method === 'DELETE') {
    return readable({ waiting: double.outcomes.waiting().map(outcomeWords) });
  }
  if (method !== 'POST') {
    return refusal(405, 'Use GET, POST or DELETE.');
  }
  const wanted = read(outcomeSchema, jsonIn(body));
  if (!wanted.ok) return notRead(wanted.errors, double.url, OUTCOME_EXAMPLE);
  const { token, to, ...outcome } = wanted.value;
  return readable({
    next: playOutcome(double, { key: token ?? null, person: to ?? null }, outcome),
  });
}

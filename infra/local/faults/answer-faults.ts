import * as z from 'zod/mini';
import { nearest } from '../../../shared/kernel/nearest.ts';
import { read } from '../../../shared/kernel/parse.ts';
import { readable, refusal } from '../dialog360/play/play-answers.ts';
import { jsonIn } from '../http/json-in.ts';
import type { HttpAnswer, HttpAsk } from '../http/serve.ts';
import { FAULTS, type FaultName } from './fault.ts';
import type { Faults } from './faults.ts';

const names = Object.keys(FAULTS) as FaultName[];
const faultSchema = z.strictObject({
  fault: z.enum(names),
  /** For how many messages; null: until it is switched off. */
  times: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(1000)))),
});

/**
 * `POST` makes something go wrong with the next messages, `GET` lists what can, `DELETE` switches one off (`/{fault}`) or
 * all. `/nonsense` answers what no agent would.
 */
export function answerFaults(faults: Faults, { method, path, body }: HttpAsk): HttpAnswer {
  if (path === '/nonsense') return NONSENSE;
  const named = path.slice(1);
  if (named !== '' && !isFault(named)) {
    const meant = nearest(named, names);
    return refusal(404, `There is no fault ${named}${meant ? `; "${meant}" is one` : ''}.`);
  }
  if (method === 'DELETE') {
    for (const fault of isFault(named) ? [named] : names) faults.disarm(fault);
  } else if (method === 'POST') {
    const wanted = read(faultSchema, jsonIn(body));
    if (!wanted.ok) {
      const words = wanted.errors.map(({ path: at, detail }) => `${at || 'body'} ${detail}`);
      return refusal(422, `${words.join('; ')}.`, { errors: wanted.errors, faults: names });
    }
    const { fault, times } = wanted.value;
    faults.arm(fault, times === undefined ? FAULTS[fault].once : times);
  } else if (method !== 'GET') return refusal(405, 'Use GET, POST or DELETE.');
  return readable({ faults: faults.list() });
}

const isFault = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

const NONSENSE: HttpAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Welcome</title><h1>It works!</h1>',
};

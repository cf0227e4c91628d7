import type * as z from 'zod/mini';
import { read } from '../../shared/kernel/parse.ts';
import type { AdminAnswer } from './ask-admin-api.ts';
import { type Outcome, unreachable } from './outcome.ts';

/** What an endpoint answered, read by its schema; else why there is no such answer. */
export function answerOf<S extends z.ZodMiniType>(
  answer: AdminAnswer,
  schema: S,
): { answered: z.output<S> } | Outcome {
  if (answer.kind !== 'answered') return answer;
  const known = read(schema, answer.json);
  return known.ok ? { answered: known.value } : NOT_OURS;
}

const NOT_OURS = unreachable('What answers there is no admin endpoint of this version.');

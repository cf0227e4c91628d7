import type * as z from 'zod/mini';
import * as core from 'zod/v4/core';
import { Failure, type FailureCode, type Finding } from './failure.ts';
import { faultWords } from './fault-words.ts';
import { nearest } from './nearest.ts';
import { whatThereIs } from './unknown-names.ts';

type Outcome<T> = { ok: true; value: T } | { ok: false; errors: Finding[] };

/** Reads a foreign value once, where it comes in. Never throws; the findings name the path of each fault. */
export function read<S extends z.ZodMiniType>(schema: S, value: unknown): Outcome<z.output<S>> {
  const result = core.safeParse(schema, value, { error: knownNames });
  return result.success
    ? { ok: true, value: result.data as z.output<S> }
    : { ok: false, errors: result.error.issues.map(findingOf) };
}

/** As `read`, for callers that can only refuse: throws `Failure(code)` with every finding. */
export function parse<S extends z.ZodMiniType>(
  schema: S,
  value: unknown,
  code: FailureCode = 'request-invalid',
): z.output<S> {
  const result = read(schema, value);
  if (result.ok) return result.value;
  throw new Failure(code, { detail: 'See errors for each field.', errors: result.errors });
}

/** An unknown name is said with the one that was meant. Here the issue still has its schema. */
const knownNames: core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'unrecognized_keys') return;
  const names = Object.keys((issue.inst as core.$ZodObject)._zod.def.shape);
  const meant = issue.keys.map((key) => nearest(key, names));
  const said = meant.every((name) => name !== null) ? meant.join(', ') : null;
  return `must not have ${issue.keys.join(', ')}${whatThereIs(said, names)}`;
};

const findingOf = (issue: core.$ZodIssue): Finding => ({
  path: issue.path.map(String).join('.'),
  detail: faultWords(issue),
});

import { Failure, type Finding } from './failure.ts';

/**
 * The refusal of a request that names, for each fault, the field and what is wrong with it. `unknown`: the
 * names that there are none of.
 */
export const requestInvalid = (errors: Finding[], unknown: Finding[] = []): Failure =>
  new Failure('request-invalid', { detail: 'See errors for each field.', errors, unknown });

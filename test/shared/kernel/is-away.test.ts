import { expect, test } from 'vitest';
import { isAway } from '../../../shared/kernel/is-away.ts';

const error = (name: string, more: object = {}) => Object.assign(new Error('…'), { name, ...more });
const answered = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

// biome-ignore format: a table reads by column
const cases = [
  { what: 'a connection that is refused',          error: error('Error', { code: 'ECONNREFUSED' }),                            away: true },
  { what: 'a connection that breaks',              error: error('Error', { code: 'ECONNRESET' }),                              away: true },
  { what: 'a name that cannot be looked up',       error: error('Error', { code: 'EAI_AGAIN' }),                               away: true  },
  { what: 'a call that hangs',                     error: error('TimeoutError'),                                               away: true },
  { what: 'a caller who has no more time',         error: error('AbortError'),                                                 away: true },
  { what: 'an error of the service',               error: error('InternalServerError', answered(500)),                         away: true },
  { what: 'an answer that is no answer of AWS',    error: error('SyntaxError', answered(502)),                                 away: true },
  { what: 'a table that is asked too often',       error: error('ProvisionedThroughputExceededException', answered(400)),      away: true },
  { what: 'an account that is asked too often',    error: error('ThrottlingException', answered(400)),                         away: true },
  { what: 'a request that is wrong',               error: error('ValidationException', answered(400)),                         away: false },
  { what: 'a right that is missing',               error: error('AccessDeniedException', answered(400)),                       away: false },
  { what: 'a number that cannot be written down',  error: new Error('Number 1152921504606847000 is greater than …'),           away: false },
  { what: 'a bug',                                 error: new TypeError('x is not a function'),                                away: false },
  { what: 'a wrong argument of ours',              error: error('TypeError', { code: 'ERR_INVALID_ARG_TYPE' }),                away: false },
  { what: 'something that is no error',            error: 'ECONNRESET',                                                        away: false },
];

test.each(cases)('$what: away is $away', ({ error, away }) => {
  expect(isAway(error)).toBe(away);
});

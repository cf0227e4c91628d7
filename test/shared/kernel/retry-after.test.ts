import { expect, test } from 'vitest';
import { readRetryAfter } from '../../../shared/kernel/retry-after.ts';

const date = 'Sun, 22 Nov 2026 10:00:00 GMT';
const HOUR = 60 * 60 * 1000;

// biome-ignore format: a table reads by column
const cases: { what: string; value: string | undefined; date?: string; is: number | null }[] = [
  { what: 'seconds',                                     value: '120',                                  is: 120_000 },
  { what: 'seconds with blanks around them',             value: ' 7 ',                                  is: 7_000 },
  { what: 'no time at all',                              value: '0',                                    is: 0 },
  { what: 'a day, which is cut to an hour',              value: '86400',                                is: HOUR },
  { what: 'more digits than a number has',               value: '9'.repeat(400),                        is: HOUR },
  { what: 'a date, measured by the answer’s own',        value: 'Sun, 22 Nov 2026 10:00:30 GMT', date,  is: 30_000 },
  { what: 'a date in the form of RFC 850',               value: 'Sunday, 22-Nov-26 10:01:00 GMT', date, is: 60_000 },
  { what: 'a date in the form of asctime()',             value: 'Sun Nov 22 10:00:05 2026', date: 'Sun Nov 22 10:00:00 2026', is: 5_000 },
  { what: 'a date far away, which is cut to an hour',    value: 'Mon, 22 Nov 2027 10:00:00 GMT', date,  is: HOUR },
  { what: 'a date in the past',                          value: 'Sun, 22 Nov 2026 09:59:00 GMT', date,  is: 0 },
  { what: 'a date, and the answer has none',             value: 'Sun, 22 Nov 2026 10:00:30 GMT',        is: null },
  { what: 'a date, and the answer’s is unreadable',      value: 'Sun, 22 Nov 2026 10:00:30 GMT', date: 'yesterday', is: null },
  { what: 'nothing: the header is missing',              value: undefined, date,                        is: null },
  { what: 'an empty header',                             value: '', date,                               is: null },
  { what: 'a word',                                      value: 'soon', date,                           is: null },
  { what: 'a weekday and nonsense',                      value: 'Sunday, maybe', date,                  is: null },
  { what: 'a negative number',                           value: '-1', date,                             is: null },
  { what: 'half a second',                               value: '1.5', date,                            is: null },
  { what: 'two headers in one',                          value: '10, 20', date,                         is: null },
  { what: 'a number with a unit',                        value: '10s', date,                            is: null },
];

test.each(cases)('Retry-After holds $what', ({ value, date, is }) => {
  expect(readRetryAfter(value, date)).toBe(is);
});

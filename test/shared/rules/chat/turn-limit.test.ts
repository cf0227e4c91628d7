import { expect, test } from 'vitest';
import { turnLimit } from '../../../../shared/rules/chat/turn-limit.ts';

const HOUR_MS = 3_600_000;
// biome-ignore format: a table reads by column
const cases = [
  { what: 'the last one that is allowed',     counted: 3,   since: 0,    max: 3, now: 1,           is: 'within' },
  { what: 'one more, within the hour',        counted: 4,   since: 0,    max: 3, now: HOUR_MS - 1, is: { until: HOUR_MS } },
  { what: 'one more, after the hour',         counted: 4,   since: 0,    max: 3, now: HOUR_MS,     is: 'begin-anew' },
  { what: 'a chat of which nothing is known', counted: 0,   since: null, max: 3, now: 1,           is: 'within' },
  { what: 'any number, without a limit',      counted: 999, since: 0,    max: 0, now: 1,           is: 'within' },
];
test.each(cases)('$what: $is', ({ counted, since, max, now, is }) => {
  expect(turnLimit({ turns_counted: counted, turns_since: since }, max, now)).toEqual(is);
});

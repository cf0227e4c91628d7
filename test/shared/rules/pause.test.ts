import { expect, test } from 'vitest';
import { isPaused, pauseAfterHuman } from '../../../shared/rules/pause.ts';

const sentAt = Date.parse('2026-11-22T10:00:00Z');
const hourOn = sentAt + 60 * 60_000;

// biome-ignore format: a table reads by column
const cases = [
  { when: 'the user never wrote',                        lastInboundAt: null,            pauseMinutes: 60,    until: hourOn },
  { when: 'the user wrote an hour before',               lastInboundAt: sentAt - 3.6e6,  pauseMinutes: 60,    until: hourOn },
  { when: 'the user wrote 5.001 s before',               lastInboundAt: sentAt - 5_001,  pauseMinutes: 60,    until: hourOn },
  { when: 'the app answered after 5 s: its auto-reply',  lastInboundAt: sentAt - 5_000,  pauseMinutes: 60,    until: null },
  { when: 'the app answered in the same second',         lastInboundAt: sentAt,          pauseMinutes: 60,    until: null },
  { when: 'the user wrote after the person did',         lastInboundAt: sentAt + 1,      pauseMinutes: 60,    until: hourOn },
  { when: 'the channel does not pause',                  lastInboundAt: null,            pauseMinutes: 0,     until: null },
  { when: 'the channel pauses for a week',               lastInboundAt: null,            pauseMinutes: 10_080, until: sentAt + 7 * 24 * 3.6e6 },
];

test.each(cases)('a person answers from the app and $when', ({ until, when, ...facts }) => {
  expect(pauseAfterHuman({ sentAt, ...facts })).toBe(until);
});

test('a repeat that comes a day later pauses nothing', () => {
  const until = pauseAfterHuman({ sentAt, lastInboundAt: null, pauseMinutes: 60 });
  expect(isPaused(until, sentAt + 24 * 3.6e6)).toBe(false);
});

test('a pause ends on its minute', () => {
  expect(isPaused(hourOn, hourOn - 1)).toBe(true);
  expect(isPaused(hourOn, hourOn)).toBe(false);
  expect(isPaused(null, hourOn)).toBe(false);
});

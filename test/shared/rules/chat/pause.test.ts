import { expect, test } from 'vitest';
import {
  isPaused,
  pauseAfterHuman,
  silencedBy,
  waitForInbound,
} from '../../../../shared/rules/chat/pause.ts';

const sentAt = Date.parse('2026-11-22T10:00:00Z');
const hourOn = sentAt + 60 * 60_000;
const paused = (until: number | null) => ({ paused_until: until, control: null });

// biome-ignore format: a table reads by column
const cases = [
  { when: 'the visitor never wrote',                     inboundTimes: [null],           pauseMinutes: 60,    until: hourOn },
  { when: 'the visitor wrote an hour before',            inboundTimes: [sentAt - 3.6e6],  pauseMinutes: 60,    until: hourOn },
  { when: 'the visitor wrote 5.001 s before',            inboundTimes: [sentAt - 5_001],  pauseMinutes: 60,    until: hourOn },
  { when: 'the app answered after 5 s: its auto-reply',  inboundTimes: [sentAt - 5_000],  pauseMinutes: 60,    until: null },
  { when: 'the app answered in the same second',         inboundTimes: [sentAt],          pauseMinutes: 60,    until: null },
  { when: 'the visitor wrote after the person did',      inboundTimes: [sentAt + 1],      pauseMinutes: 60,    until: hourOn },
  { when: 'the visitor wrote before and after an auto-reply', inboundTimes: [sentAt + 1, sentAt - 1_000], pauseMinutes: 60, until: null },
  { when: 'the channel does not pause',                  inboundTimes: [null],           pauseMinutes: 0,     until: null },
  { when: 'the channel pauses for a week',               inboundTimes: [null],           pauseMinutes: 10_080, until: sentAt + 7 * 24 * 3.6e6 },
];

test.each(cases)('a person answers from the app and $when', ({ until, when, ...facts }) => {
  expect(pauseAfterHuman({ sentAt, ...facts })).toBe(until);
});

test('a repeat that comes a day later pauses nothing', () => {
  const until = pauseAfterHuman({ sentAt, inboundTimes: [null], pauseMinutes: 60 });
  expect(isPaused(paused(until), sentAt + 24 * 3.6e6)).toBe(false);
});

test('a pause ends on its minute', () => {
  expect(isPaused(paused(hourOn), hourOn - 1)).toBe(true);
  expect(isPaused(paused(hourOn), hourOn)).toBe(false);
  expect(isPaused(paused(null), hourOn)).toBe(false);
});

test('Meta’s agent has the chat without an end, and neither its hold nor a person’s pause ends the other', () => {
  const held = (holder: 'meta' | 'us') => ({ holder, at: sentAt, event_id: 'evt_1' });
  const year = sentAt + 365 * 24 * 3.6e6;
  expect(silencedBy({ paused_until: null, control: held('meta') }, year)).toBe('meta');
  expect(silencedBy({ paused_until: hourOn, control: held('meta') }, hourOn)).toBe('meta');
  expect(silencedBy({ paused_until: hourOn, control: held('us') }, sentAt)).toBe('human');
  expect(silencedBy({ paused_until: hourOn, control: held('us') }, hourOn)).toBeNull();
});

// biome-ignore format: a table reads by column
const doubts = [
  { when: 'the visitor has not written yet',             inboundTimes: [null, null],             late: 2_000,  waits: 8_000 },
  { when: 'the visitor is known to have written after it', inboundTimes: [sentAt + 1, null],      late: 0,      waits: 10_000 },
  { when: 'the visitor is known to have written before', inboundTimes: [sentAt - 3.6e6, null],   late: 0,      waits: 0 },
  { when: 'the visitor wrote before and after',          inboundTimes: [sentAt + 1, sentAt - 9], late: 0,      waits: 0 },
  { when: 'it comes ten seconds late',                   inboundTimes: [null, null],             late: 10_000, waits: 0 },
  { when: 'its clock is ahead of ours',                  inboundTimes: [null, null],             late: -5_000, waits: 10_000 },
];

test.each(doubts)('an echo is judged after $waits ms when $when', ({
  inboundTimes,
  late,
  waits,
}) => {
  expect(waitForInbound({ sentAt, inboundTimes }, sentAt + late)).toBe(waits);
});

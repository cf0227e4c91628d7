import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inboundTime, isWindowOpen, windowClosesAt } from '../../../shared/rules/window.ts';

const at = (iso: string) => Date.parse(iso);
const wrote = at('2026-11-22T10:00:00.000Z');
const DAY = 24 * 60 * 60 * 1000;

// biome-ignore format: a table reads by column
const windows = [
  { when: 'they wrote this instant',                 last: wrote, now: wrote,                             open: true },
  { when: 'they wrote an hour ago',                  last: wrote, now: at('2026-11-22T11:00:00.000Z'),    open: true },
  { when: '31 s are left',                           last: wrote, now: at('2026-11-23T09:59:29.000Z'),    open: true },
  { when: '30 s and 1 ms are left',                  last: wrote, now: at('2026-11-23T09:59:29.999Z'),    open: true },
  { when: '30 s are left: the margin',               last: wrote, now: at('2026-11-23T09:59:30.000Z'),    open: false },
  { when: '29.999 s are left',                       last: wrote, now: at('2026-11-23T09:59:30.001Z'),    open: false },
  { when: '1 ms is left',                            last: wrote, now: at('2026-11-23T09:59:59.999Z'),    open: false },
  { when: '24 h are over',                           last: wrote, now: at('2026-11-23T10:00:00.000Z'),    open: false },
  { when: 'a week has passed',                       last: wrote, now: wrote + 7 * DAY,                   open: false },
  { when: 'they never wrote',                        last: null,  now: wrote,                             open: false },
  { when: 'our clock is 5 s behind WhatsApp’s',      last: wrote, now: wrote - 5_000,                     open: true },
  { when: 'our clock is a day behind',               last: wrote, now: wrote - DAY,                       open: true },
  { when: 'they wrote at the epoch, which is a time', last: 0,    now: 1,                                 open: true },
  { when: 'summer time ends: 24 h stay 24 h',        last: at('2026-10-24T12:00:00+02:00'), now: at('2026-10-25T10:59:29.999+01:00'), open: true },
  { when: 'summer time ends: the hour is no gift',   last: at('2026-10-24T12:00:00+02:00'), now: at('2026-10-25T10:59:30.000+01:00'), open: false },
  { when: 'summer time begins: no hour is lost',     last: at('2026-03-28T12:00:00+01:00'), now: at('2026-03-29T12:59:29.999+02:00'), open: true },
  { when: 'a leap day lies between',                 last: at('2028-02-28T12:00:00Z'),      now: at('2028-02-29T11:59:29.999Z'),      open: true },
  { when: 'a leap day lies between, 30 s left',      last: at('2028-02-28T12:00:00Z'),      now: at('2028-02-29T11:59:30.000Z'),      open: false },
];

test.each(windows)('the window when $when: open = $open', ({ last, now, open }) => {
  expect(isWindowOpen(last, now)).toBe(open);
});

test('it closes to the minute a day later; who never wrote has none', () => {
  expect(windowClosesAt(wrote)).toBe(at('2026-11-23T10:00:00.000Z'));
  expect(windowClosesAt(null)).toBeNull();
});

test('what has closed stays closed until they write again, and a later message never closes it', () => {
  const time = fc.integer({ min: 0, max: 3 * DAY });
  fc.assert(
    fc.property(time, time, time, (last, now, later) => {
      if (!isWindowOpen(last, now)) expect(isWindowOpen(last, now + later)).toBe(false);
      if (isWindowOpen(last, now)) expect(isWindowOpen(last + later, now)).toBe(true);
    }),
  );
});

const received = at('2026-11-22T10:00:05.000Z');

// biome-ignore format: a table reads by column
const times = [
  { when: 'WhatsApp names an earlier time',          sent: received - 5_000,   is: received - 5_000 },
  { when: 'both are the same instant',               sent: received,           is: received },
  { when: 'a repeat is six days old',                sent: received - 6 * DAY, is: received - 6 * DAY },
  { when: 'WhatsApp’s clock is 1 ms ahead',          sent: received + 1,       is: received },
  { when: 'the timestamp lies a year in the future', sent: received + 365 * DAY, is: received },
  { when: 'there is no timestamp',                   sent: null,               is: received },
  { when: 'the timestamp is the epoch',              sent: 0,                  is: 0 },
];

test.each(times)('a message counts from the right instant when $when', ({ sent, is }) => {
  expect(inboundTime(sent, received)).toBe(is);
});

// biome-ignore format: a table reads by column
const arrivals = [
  { what: 'a repeat two days old',               sent: received - 2 * DAY,             open: false },
  { what: 'a repeat of 24 h less the margin',    sent: received - DAY + 30_000,        open: false },
  { what: 'a repeat 1 ms younger than that',     sent: received - DAY + 30_001,        open: true },
  { what: 'a message from the future',           sent: received + DAY,                 open: true },
  { what: 'a message without a time',            sent: null,                           open: true },
];

test.each(arrivals)('$what, just received, leaves the window open = $open', ({ sent, open }) => {
  expect(isWindowOpen(inboundTime(sent, received), received)).toBe(open);
});

test('a message from the future buys no time beyond 24 h of its receipt', () => {
  const last = inboundTime(received + 10 * DAY, received);
  expect(windowClosesAt(last)).toBe(received + DAY);
});

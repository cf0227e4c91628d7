import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  inboundTime,
  isWindowOpen,
  windowClosesAt,
} from '../../../../shared/rules/window/window.ts';

const at = (iso: string) => Date.parse(iso);
const wrote = at('2026-11-22T10:00:00.000Z');
const DAY = 24 * 60 * 60 * 1000;

const record = (last: number | null, refuted: number | null = null) => ({
  last_inbound_at: last,
  refuted_inbound_at: refuted,
});

// biome-ignore format: a table reads by column
const windows: { when: string; last: number | null; refuted?: number; now: number; open: boolean }[] = [
  { when: 'the visitor wrote this instant',                   last: wrote, now: wrote,                             open: true },
  { when: 'the visitor wrote an hour ago',                    last: wrote, now: at('2026-11-22T11:00:00.000Z'),    open: true },
  { when: '31 s are left',                                    last: wrote, now: at('2026-11-23T09:59:29.000Z'),    open: true },
  { when: '30 s and 1 ms are left',                           last: wrote, now: at('2026-11-23T09:59:29.999Z'),    open: true },
  { when: '30 s are left: the margin',                        last: wrote, now: at('2026-11-23T09:59:30.000Z'),    open: false },
  { when: '29.999 s are left',                                last: wrote, now: at('2026-11-23T09:59:30.001Z'),    open: false },
  { when: '1 ms is left',                                     last: wrote, now: at('2026-11-23T09:59:59.999Z'),    open: false },
  { when: '24 h are over',                                    last: wrote, now: at('2026-11-23T10:00:00.000Z'),    open: false },
  { when: 'a week has passed',                                last: wrote, now: wrote + 7 * DAY,                   open: false },
  { when: 'the visitor never wrote',                          last: null,  now: wrote,                             open: false },
  { when: 'our clock is 5 s behind WhatsApp’s',               last: wrote, now: wrote - 5_000,                     open: true },
  { when: 'our clock is a day behind',                        last: wrote, now: wrote - DAY,                       open: true },
  { when: 'the visitor wrote at the epoch, which is a time', last: 0,    now: 1,                                 open: true },
  { when: 'summer time ends: 24 h stay 24 h',                 last: at('2026-10-24T12:00:00+02:00'), now: at('2026-10-25T10:59:29.999+01:00'), open: true },
  { when: 'summer time ends: the window is no longer for it', last: at('2026-10-24T12:00:00+02:00'), now: at('2026-10-25T10:59:30.000+01:00'), open: false },
  { when: 'summer time begins: no hour is lost',              last: at('2026-03-28T12:00:00+01:00'), now: at('2026-03-29T12:59:29.999+02:00'), open: true },
  { when: 'a leap day lies between',                          last: at('2028-02-28T12:00:00Z'),      now: at('2028-02-29T11:59:29.999Z'),      open: true },
  { when: 'one ms has passed since the visitor wrote',        last: wrote, now: wrote + 1,                         open: true },
  { when: 'half of it is over',                               last: wrote, now: wrote + DAY / 2,                   open: true },
  { when: '31 s and 1 ms are left',                           last: wrote, now: wrote + DAY - 31_001,              open: true },
  { when: '24 h and 1 ms are over',                           last: wrote, now: wrote + DAY + 1,                   open: false },
  { when: '24 h and the margin are over',                     last: wrote, now: wrote + DAY + 30_000,              open: false },
  { when: 'a year has passed',                                last: wrote, now: wrote + 365 * DAY,                 open: false },
  { when: 'our clock is 29 s ahead at the end',               last: wrote, now: wrote + DAY - 30_000 + 29_000,     open: false },
  { when: 'our clock is 29 s behind at the end',              last: wrote, now: wrote + DAY - 30_000 - 29_000,     open: true },
  { when: 'our clock is an hour ahead',                       last: wrote, now: wrote + DAY - 30_001 + 3_600_000,  open: false },
  { when: 'our clock is an hour behind',                      last: wrote, now: wrote + DAY + 30_000 - 3_600_000,  open: true },
  { when: 'summer time begins: 24 h are over',                last: at('2026-03-28T12:00:00+01:00'), now: at('2026-03-29T12:59:30.000+02:00'), open: false },
  { when: 'clocks go back in New York',                       last: at('2026-10-31T23:00:00-04:00'), now: at('2026-11-01T21:59:29.999-05:00'), open: true },
  { when: 'clocks go back in New York, 30 s left',            last: at('2026-10-31T23:00:00-04:00'), now: at('2026-11-01T21:59:30.000-05:00'), open: false },
  { when: 'the year ends in between',                         last: at('2026-12-31T23:59:59Z'),      now: at('2027-01-01T23:59:28.999Z'),      open: true },
  { when: 'clocks go forward in New York',                    last: at('2026-03-07T23:00:00-05:00'), now: at('2026-03-08T23:59:29.999-04:00'), open: true },
  { when: 'clocks go forward in New York, 30 s left',        last: at('2026-03-07T23:00:00-05:00'), now: at('2026-03-08T23:59:30.000-04:00'), open: false },
  { when: 'the visitor wrote in a zone half an hour off',     last: at('2026-11-22T15:30:00+05:30'), now: at('2026-11-23T09:59:29.999Z'),      open: true },
  { when: 'WhatsApp has said that it is closed',              last: wrote, refuted: wrote,     now: wrote + 1_000, open: false },
  { when: 'it said so of an older message',                   last: wrote, refuted: wrote - 1, now: wrote + 1_000, open: true },
  { when: 'it said so of one a second before',                last: wrote, refuted: wrote - 1_000, now: wrote + 1_000, open: true },
  { when: 'it said so, and an old repeat came',               last: wrote, refuted: wrote,     now: wrote + DAY / 2, open: false },
  { when: 'it said so of an older one, a day ago',            last: wrote, refuted: wrote - DAY, now: wrote + DAY, open: false },
  { when: 'it said so of what our record does not have        yet', last: wrote, refuted: wrote + 1_000, now: wrote + 2_000, open: false },
  { when: 'it said so, and the visitor never wrote',          last: null,  refuted: wrote,     now: wrote + 1,     open: false },
  { when: 'a leap day lies between, 30 s left',               last: at('2028-02-28T12:00:00Z'),      now: at('2028-02-29T11:59:30.000Z'),      open: false },
];

test.each(windows)('the window when $when: open = $open', ({ last, refuted, now, open }) => {
  expect(isWindowOpen(record(last, refuted), now)).toBe(open);
});

test('the window closes to the millisecond a day later; without a message, or after WhatsApp said "closed", there is none', () => {
  expect(windowClosesAt(record(wrote))).toBe(at('2026-11-23T10:00:00.000Z'));
  expect(windowClosesAt(record(null))).toBeNull();
  expect(windowClosesAt(record(wrote, wrote))).toBeNull();
  expect(windowClosesAt(record(wrote, wrote - 1))).toBe(at('2026-11-23T10:00:00.000Z'));
});

test('what has closed stays closed until the visitor writes again, and a later message never closes it', () => {
  const time = fc.integer({ min: 0, max: 3 * DAY });
  fc.assert(
    fc.property(time, time, time, (last, now, later) => {
      const isOpen = isWindowOpen(record(last), now);
      if (!isOpen) expect(isWindowOpen(record(last), now + later)).toBe(false);
      if (isOpen) expect(isWindowOpen(record(last + later), now)).toBe(true);
      expect(isWindowOpen(record(last, last), now)).toBe(false);
      expect(isWindowOpen(record(last, last - 1 - later), now)).toBe(isOpen);
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
  expect(isWindowOpen(record(inboundTime(sent, received)), received)).toBe(open);
});

test('a message from the future buys no time beyond 24 h of its receipt', () => {
  const last = inboundTime(received + 10 * DAY, received);
  expect(windowClosesAt(record(last))).toBe(received + DAY);
});

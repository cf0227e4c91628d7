import { expect, test } from 'vitest';
import type { ParkedReply } from '../../../../shared/contract/chat.ts';
import {
  isInPark,
  lookAt,
  lookWhenOver,
  parkedUntil,
  withoutParked,
  withParked,
} from '../../../../shared/rules/window/park.ts';
import { someParked } from '../../../support/some-delivery.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const HOUR = 60 * 60 * 1000;

// biome-ignore format: a table reads by column
const times = [
  { when: 'only the channel sets a time',           acceptedAt: now,            validForSeconds: null,    parkHours: 24,  until: now + 24 * HOUR },
  { when: 'it was accepted long before',            acceptedAt: now - 9 * HOUR, validForSeconds: null,    parkHours: 24,  until: now + 24 * HOUR },
  { when: 'the channel says an hour and a half',    acceptedAt: now,            validForSeconds: null,    parkHours: 1.5, until: now + 1.5 * HOUR },
  { when: 'its own time is up sooner',              acceptedAt: now - 1_000,    validForSeconds: 60,      parkHours: 24,  until: now + 59_000 },
  { when: 'its own time is up later',               acceptedAt: now,            validForSeconds: 172_800, parkHours: 24,  until: now + 24 * HOUR },
];

test.each(times)('a reply stays in the park, when $when', ({ acceptedAt, until, ...how }) => {
  expect(parkedUntil({ accepted_at: acceptedAt }, { ...how, now })).toBe(until);
});

const [one, two, three] = [1, 2, 3].map((at) => someParked(`rep_${at}`, { accepted_at: at })) as [
  ParkedReply,
  ParkedReply,
  ParkedReply,
];

test('replies stand in the order in which they were accepted, each in one place', () => {
  expect(withParked([], one)).toEqual([one]);
  expect(withParked([one, two], three)).toEqual([one, two, three]);
  expect(withParked([two, three], one)).toEqual([one, two, three]);
  expect(withParked([one, three], two)).toEqual([one, two, three]);
  const longer = { ...one, until: 2 };
  expect(withParked([one, two, three], longer)).toEqual([longer, two, three]);
});

test('of one answer the first goes first, and of one instant whatever came first', () => {
  const [first, second] = [0, 1].map((index) => someParked(`rep_${index}`, { index })) as [
    ParkedReply,
    ParkedReply,
  ];
  expect(withParked([second], first)).toEqual([first, second]);
  const other = someParked('rep_other', { index: 1 });
  expect(withParked([first, second], other)).toEqual([first, second, other]);
});

test('a reply that leaves the park leaves all others there', () => {
  expect(withoutParked([one, two, three], 'rep_2')).toEqual([one, three]);
  expect(withoutParked([one], 'rep_2')).toEqual([one]);
  expect(isInPark([one, two], 'rep_2')).toBe(true);
  expect(isInPark([one, two], 'rep_3')).toBe(false);
});

const place = { channel_id: 'ch_1', chat_id: 'c1', reply_id: 'rep_1' };

test('each time a reply is parked one look waits for its end: asked for again, it is the same', () => {
  const look = lookWhenOver(place, 0, now);
  expect(look).toEqual({
    id: expect.stringMatching(/^due_[0-9a-f]{32}$/),
    at: now,
    job: { kind: 'release', channel_id: 'ch_1', chat_id: 'c1' },
  });
  expect(lookWhenOver(place, 0, now + 1).id).toBe(look.id);
  const others = [
    lookWhenOver(place, 1, now),
    lookWhenOver({ ...place, reply_id: 'rep_2' }, 0, now),
  ];
  expect(new Set([look, ...others].map(({ id }) => id)).size).toBe(3);
});

const wrote = (at: number | null, refuted: number | null = null) => ({
  last_inbound_at: at,
  refuted_inbound_at: refuted,
});

// biome-ignore format: a table reads by column
const found: { when: string; until: number; window: ReturnType<typeof wrote>; is: string }[] = [
  { when: 'the visitor is silent, and there is time',          until: now + 1,     window: wrote(now - 30 * HOUR), is: 'stays' },
  { when: 'the visitor is silent, and its time is up',         until: now,         window: wrote(now - 30 * HOUR), is: 'over' },
  { when: 'the visitor never wrote, and there is time',        until: now + 1,     window: wrote(null),            is: 'stays' },
  { when: 'the visitor never wrote, and its time is up',       until: now,         window: wrote(null),            is: 'over' },
  { when: 'the visitor has written',                           until: now + 1,     window: wrote(now - 1_000),     is: 'goes' },
  { when: 'the visitor wrote in time, and the look is late',   until: now - 500,   window: wrote(now - 1_000),     is: 'goes' },
  { when: 'the visitor wrote when its time was up',            until: now - 1_000, window: wrote(now - 1_000),     is: 'over' },
  { when: 'the visitor wrote, and WhatsApp says it is closed', until: now + 1,     window: wrote(now - 9, now - 9), is: 'stays' },
  { when: 'WhatsApp says so, and its time is up',              until: now,         window: wrote(now - 9, now - 9), is: 'over' },
  { when: 'the visitor wrote in time, and is silent again',    until: now - HOUR,  window: wrote(now - 30 * HOUR), is: 'over' },
];

test.each(found)('a look at a reply that waits, when $when: it $is', ({ until, window, is }) => {
  expect(lookAt(someParked('rep_1', { until }), window, now)).toBe(is);
});

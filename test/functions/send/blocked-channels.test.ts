import { expect, test } from 'vitest';
import { openBlockedChannels } from '../../../functions/send/blocked-channels.ts';
import type { Channel } from '../../../shared/contract/channel.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const block = { code: 131042, reason: 'Pay the bill', since: NOW };
const channel = (more: Partial<Channel> = {}) =>
  ({ id: 'ch_1', options: { max_wait_minutes: 60 }, blocked: block, ...more }) as Channel;

function instance({ chance = 0.5 } = {}) {
  const clock = { at: NOW };
  const blocked = openBlockedChannels({
    now: () => clock.at,
    chance: () => chance,
    probeIntervalMs: MINUTE,
  });
  return { clock, ...blocked };
}

test.each([
  { chance: 0, waitMs: 60 * SECOND },
  { chance: 0.5, waitMs: 90 * SECOND },
  { chance: 1, waitMs: 120 * SECOND },
])('a job of a channel that was just seen blocked waits $waitMs ms, as chance has it', ({
  chance,
  waitMs,
}) => {
  const { note, putOff } = instance({ chance });
  note(channel());
  expect(putOff('ch_1', NOW)).toBe(waitMs);
  expect(putOff('ch_2', NOW)).toBeNull();
});

test('after ten seconds, and when a look finds the channel healed, the next job is looked at', () => {
  const { clock, note, putOff } = instance();
  note(channel());
  clock.at += 10 * SECOND - 1;
  expect(putOff('ch_1', NOW)).not.toBeNull();
  clock.at += 1;
  expect(putOff('ch_1', NOW)).toBeNull();

  note(channel());
  expect(putOff('ch_1', NOW)).not.toBeNull();
  note(channel({ blocked: undefined } as object));
  expect(putOff('ch_1', NOW)).toBeNull();
});

test('a job waits no longer than max_wait_minutes, and is then looked at, so that it ends in time', () => {
  const { note, putOff } = instance();
  note(channel());
  expect(putOff('ch_1', NOW - 59 * MINUTE)).toBe(MINUTE);
  expect(putOff('ch_1', NOW - 60 * MINUTE + 1)).toBe(1);
  expect(putOff('ch_1', NOW - 60 * MINUTE)).toBeNull();
});

import { expect, test } from 'vitest';
import type { InterceptHook } from '../../../../infra/local/aws/intercept.ts';
import {
  forgetLastSeen,
  openLastSeen,
  readLastSeen,
} from '../../../../shared/store/channel/last-seen.ts';
import { useTable } from '../../../support/table.ts';

const START = 1_795_000_000_000;
const MINUTE = 60_000;

const table = useTable();
const writes = () => table.calls.filter((call) => call === 'UpdateItem').length;

/** One function instance, whose clock the test sets. */
function instance() {
  const clock = { now: START };
  return { clock, lastSeen: openLastSeen(table, () => clock.now) };
}

test('a channel for which nothing ever came has no signs of life', async () => {
  expect(await readLastSeen(table, 'ch_quiet')).toEqual({
    last_inbound_at: null,
    last_standby_at: null,
    last_status_at: null,
    last_header_at: null,
    last_odd_answer_at: null,
  });
});

test('signs seen together are one write, and signs not seen stay unknown', async () => {
  await instance().lastSeen.note('ch_a', START, 'last_inbound_at', 'last_header_at');
  expect(writes()).toBe(1);
  expect(await readLastSeen(table, 'ch_a')).toEqual({
    last_inbound_at: START,
    last_standby_at: null,
    last_status_at: null,
    last_header_at: START,
    last_odd_answer_at: null,
  });
});

test('a busy channel is written once in five minutes, and does not delay another channel', async () => {
  const { clock, lastSeen } = instance();
  for (let second = 0; second < 300; second += 10) {
    clock.now = START + second * 1000;
    await lastSeen.note('ch_b', clock.now, 'last_status_at');
  }
  expect(writes()).toBe(1);
  await lastSeen.note('ch_c', clock.now, 'last_status_at');
  clock.now = START + 5 * MINUTE;
  await lastSeen.note('ch_b', clock.now, 'last_status_at');
  expect(writes()).toBe(3);
  expect((await readLastSeen(table, 'ch_b')).last_status_at).toBe(START + 5 * MINUTE);
});

test('the first header of a channel is written at once, although a message was written just before', async () => {
  const { clock, lastSeen } = instance();
  await lastSeen.note('ch_d', START, 'last_inbound_at');
  clock.now += 1_000;
  await lastSeen.note('ch_d', clock.now, 'last_inbound_at', 'last_header_at');
  expect((await readLastSeen(table, 'ch_d')).last_header_at).toBe(START + 1_000);
});

test('a job that comes an hour late does not replace a newer time', async () => {
  await instance().lastSeen.note('ch_e', START, 'last_inbound_at');
  await instance().lastSeen.note('ch_e', START - 60 * MINUTE, 'last_inbound_at');
  expect((await readLastSeen(table, 'ch_e')).last_inbound_at).toBe(START);
});

test('while the table is away the caller goes on undisturbed', async () => {
  const away: InterceptHook = () => 'fail';
  table.hooks.add(away);
  await expect(instance().lastSeen.note('ch_f', START, 'last_inbound_at')).resolves.toBeUndefined();
  table.hooks.delete(away);
  expect((await readLastSeen(table, 'ch_f')).last_inbound_at).toBeNull();
});

test('a channel’s signs of life can be forgotten, and forgotten again', async () => {
  await instance().lastSeen.note('ch_g', START, 'last_inbound_at');
  await forgetLastSeen(table, 'ch_g');
  await forgetLastSeen(table, 'ch_g');
  expect((await readLastSeen(table, 'ch_g')).last_inbound_at).toBeNull();
});

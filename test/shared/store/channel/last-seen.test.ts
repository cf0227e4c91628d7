import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InterceptHook, interceptable } from '../../../../infra/local/aws/intercept.ts';
import { startDynamodb } from '../../../../infra/local/aws/start-dynamodb.ts';
import {
  forgetLastSeen,
  openLastSeen,
  readLastSeen,
} from '../../../../shared/store/channel/last-seen.ts';
import { openTable, type Table } from '../../../../shared/store/table.ts';

const START = 1_795_000_000_000;
const MINUTE = 60_000;

let table: Table;
let stop = async () => {};
let writes = 0;
const hooks = new Set<InterceptHook>();
beforeAll(async () => {
  const dynamodb = await startDynamodb(null, 'test', (listener) =>
    interceptable('dynamodb', hooks, listener),
  );
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'store',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
  });
  table = openTable('test');
  stop = dynamodb.stop;
  hooks.add(({ operation, moment }) => {
    if (operation === 'UpdateItem' && moment === 'before') writes += 1;
    return 'pass';
  });
});
afterAll(() => stop());

/** One function instance, with a clock that is set by hand. */
function instance() {
  const clock = { now: START };
  return { clock, lastSeen: openLastSeen(table, () => clock.now) };
}

test('a channel nobody has heard of has no signs of life', async () => {
  expect(await readLastSeen(table, 'ch_quiet')).toEqual({
    last_inbound_at: null,
    last_status_at: null,
    last_header_at: null,
  });
});

test('what was seen together is one write, and what was not seen stays unknown', async () => {
  const before = writes;
  await instance().lastSeen.note('ch_a', START, 'last_inbound_at', 'last_header_at');
  expect(writes - before).toBe(1);
  expect(await readLastSeen(table, 'ch_a')).toEqual({
    last_inbound_at: START,
    last_status_at: null,
    last_header_at: START,
  });
});

test('a busy channel is written once in five minutes, and another one is no reason to wait', async () => {
  const { clock, lastSeen } = instance();
  const before = writes;
  for (let second = 0; second < 300; second += 10) {
    clock.now = START + second * 1000;
    await lastSeen.note('ch_b', clock.now, 'last_status_at');
  }
  expect(writes - before).toBe(1);
  await lastSeen.note('ch_c', clock.now, 'last_status_at');
  clock.now = START + 5 * MINUTE;
  await lastSeen.note('ch_b', clock.now, 'last_status_at');
  expect(writes - before).toBe(3);
  expect((await readLastSeen(table, 'ch_b')).last_status_at).toBe(START + 5 * MINUTE);
});

test('a header that comes at last is written at once', async () => {
  const { clock, lastSeen } = instance();
  await lastSeen.note('ch_d', START, 'last_inbound_at');
  clock.now += 1_000;
  await lastSeen.note('ch_d', clock.now, 'last_inbound_at', 'last_header_at');
  expect((await readLastSeen(table, 'ch_d')).last_header_at).toBe(START + 1_000);
});

test('a job that was put off does not turn the clock back', async () => {
  await instance().lastSeen.note('ch_e', START, 'last_inbound_at');
  await instance().lastSeen.note('ch_e', START - 60 * MINUTE, 'last_inbound_at');
  expect((await readLastSeen(table, 'ch_e')).last_inbound_at).toBe(START);
});

test('while the table is away nobody hears of it', async () => {
  const away: InterceptHook = () => 'fail';
  hooks.add(away);
  await expect(instance().lastSeen.note('ch_f', START, 'last_inbound_at')).resolves.toBeUndefined();
  hooks.delete(away);
  expect((await readLastSeen(table, 'ch_f')).last_inbound_at).toBeNull();
});

test('what is forgotten is gone, and forgetting again is no harm', async () => {
  await instance().lastSeen.note('ch_g', START, 'last_inbound_at');
  await forgetLastSeen(table, 'ch_g');
  await forgetLastSeen(table, 'ch_g');
  expect((await readLastSeen(table, 'ch_g')).last_inbound_at).toBeNull();
});

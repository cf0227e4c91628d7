import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerClock } from '../../../../infra/local/clock/answer-clock.ts';
import { Clock } from '../../../../infra/local/clock/clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clock-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HOUR_MS = 3_600_000;
const call = async (clock: Clock, method: string, value: unknown = null) => {
  const body = Buffer.from(JSON.stringify(value));
  const ask = { method, path: '/', query: '', headers: {}, body, sizeBytes: 1, sourceIp: '' };
  const answer = await answerClock(clock, ask);
  if (typeof answer === 'string') throw new Error(answer);
  return { status: answer.status, body: JSON.parse(String(answer.body)) };
};

test('the clock is as far ahead after a restart as before, and goes on from there', async () => {
  const file = join(folder, 'data', 'clock.json');
  const first = new Clock(file);
  await first.pass(25 * HOUR_MS);
  const second = new Clock(file);
  expect(second.aheadMs).toBe(25 * HOUR_MS);
  await second.pass(HOUR_MS);
  expect(new Clock(file).aheadMs).toBe(26 * HOUR_MS);
  expect(new Clock(join(folder, 'another.json')).aheadMs).toBe(0);
});

test('time never goes back', async () => {
  const clock = new Clock();
  await clock.pass(HOUR_MS);
  await clock.pass(-HOUR_MS);
  expect(clock.aheadMs).toBe(HOUR_MS);
});

test('what waits hears that time was let pass, and then it is that time already', async () => {
  const clock = new Clock();
  const heard: number[] = [];
  clock.onPass(async () => {
    await null;
    heard.push(clock.aheadMs);
  });
  await clock.pass(HOUR_MS);
  expect(heard).toEqual([HOUR_MS]);
});

test('time passes by days, hours, minutes and seconds, and the answer says what time it is', async () => {
  const clock = new Clock();
  const { status, body } = await call(clock, 'POST', {
    days: 1,
    hours: 0.5,
    minutes: 2,
    seconds: 3,
  });
  expect(status).toBe(200);
  expect(body.ahead_ms).toBe(24.5 * HOUR_MS + 123_000);
  expect(Date.parse(body.now)).toBeGreaterThan(Date.now() + 24 * HOUR_MS);
  expect((await call(clock, 'GET')).body.ahead_ms).toBe(body.ahead_ms);
});

// biome-ignore format: a table reads by column
const refused = [
  { what: 'nothing',         value: {},                faults: /must let some time pass/ },
  { what: 'no JSON object',  value: 'tomorrow',        faults: /^body / },
  { what: 'a way back',      value: { hours: -1 },     faults: /^hours / },
  { what: 'another word',    value: { weeks: 1 },      faults: /weeks/ },
  { what: 'a whole year',    value: { days: 365 },     faults: /at most 90 days/ },
];

test.each(refused)('$what is refused, and no time passes', async ({ value, faults }) => {
  const clock = new Clock();
  const { status, body } = await call(clock, 'POST', value);
  expect(status).toBe(422);
  expect(body.detail).toMatch(faults);
  expect(clock.aheadMs).toBe(0);
});

test('the clock wants GET or POST', async () => {
  expect((await call(new Clock(), 'DELETE')).status).toBe(405);
});

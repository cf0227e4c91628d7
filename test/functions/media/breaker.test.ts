import { beforeEach, expect, test } from 'vitest';
import { json } from '../../../infra/local/http/serve.ts';
import { openMediaStage } from './stage.ts';

const stage = openMediaStage();
const MINUTE = 60_000;
const BROKEN = json(500, { meta: { developer_message: 'Internal error' } });
let isBroken = true;
beforeEach(() => {
  isBroken = true;
  stage.provider.onRequest(() => (isBroken ? BROKEN : undefined));
});

/** Asks for so many new files, one after the other. Returns the status of each answer. */
async function askForOthers(channel: Awaited<ReturnType<typeof stage.channel>>, times: number) {
  const codes: unknown[] = [];
  for (let at = 0; at < times; at++) {
    const answer = await stage.ask(stage.link(channel, stage.file('a')));
    codes.push(answer.status === 200 ? 200 : stage.problem(answer).status);
  }
  return codes;
}

test('after ten error answers 360dialog is left alone, half way to its own limit', async () => {
  const channel = await stage.channel();
  expect(new Set(await askForOthers(channel, 10))).toEqual(new Set([503]));
  expect(stage.asked()).toHaveLength(10);

  const refused = await stage.ask(stage.link(channel, stage.file('a')));
  expect(stage.problem(refused)).toMatchObject({ status: 503, code: 'media-unavailable' });
  expect(stage.problem(refused).detail).toMatch(/fetched for a while.*Retry-After/);
  const waitSeconds = Number(refused.headers['retry-after']);
  expect(waitSeconds).toBeGreaterThan(60 * 60 - 1);
  expect(waitSeconds).toBeLessThanOrEqual(65 * 60);
  expect(stage.asked()).toHaveLength(10);

  // The next try is when it was said, and not before.
  isBroken = false;
  stage.pass((waitSeconds - 2) * 1000);
  expect(await askForOthers(channel, 1)).toEqual([503]);
  expect(stage.asked()).toHaveLength(10);
  stage.pass(2_000);
  expect(await askForOthers(channel, 3)).toEqual([200, 200, 200]);
});

test('the files of another channel are fetched as ever', async () => {
  const [bad, good] = [await stage.channel(), await stage.channel()];
  await askForOthers(bad, 11);
  isBroken = false;
  expect(await askForOthers(bad, 1)).toEqual([503]);
  expect(await askForOthers(good, 1)).toEqual([200]);
});

test('an agent that asks for one broken file again and again does no harm to the others', async () => {
  const channel = await stage.channel();
  const url = stage.link(channel, stage.file('a'));
  for (let times = 0; times < 30; times++) await stage.ask(url);
  expect(stage.asked()).toHaveLength(1);
  isBroken = false;
  expect(await askForOthers(channel, 1)).toEqual([200]);
  // And that file is tried again after half a minute.
  expect((await stage.ask(url)).status).toBe(503);
  stage.pass(30_000);
  expect((await stage.ask(url)).status).toBe(200);
});

test('a file that is gone stays gone for an hour, and is then asked for once more', async () => {
  isBroken = false;
  const channel = await stage.channel();
  const url = stage.link(channel, '123456');
  const codes: number[] = [];
  for (let times = 0; times < 5; times++) codes.push((await stage.ask(url)).status);
  stage.pass(61 * MINUTE);
  codes.push((await stage.ask(url)).status);
  expect(codes).toEqual(Array(6).fill(404));
  expect(stage.asked()).toEqual(['GET /123456', 'GET /123456']);
});

test('both error answers of a file that is looked up twice count', async () => {
  isBroken = false;
  stage.provider.onRequest(({ path }) =>
    path.startsWith('/whatsapp_business') ? json(404, {}) : undefined,
  );
  const channel = await stage.channel();
  expect(await askForOthers(channel, 5)).toEqual([404, 404, 404, 404, 404]);
  const asked = stage.asked().length;
  expect(await askForOthers(channel, 1)).toEqual([503]);
  expect(stage.asked()).toHaveLength(asked);
});

test('when 360dialog asks to wait, every file of the channel waits as long', async () => {
  isBroken = false;
  const takeBack = stage.provider.onRequest(() => ({
    status: 429,
    headers: { 'retry-after': '120' },
  }));
  const channel = await stage.channel();
  const url = stage.link(channel, stage.file('a'));
  expect((await stage.ask(url)).headers['retry-after']).toBe('120');
  takeBack();
  stage.pass(60_000);
  const other = await stage.ask(stage.link(channel, stage.file('b')));
  expect([other.status, other.headers['retry-after']]).toEqual([503, '60']);
  stage.pass(60_000);
  expect((await stage.ask(url)).status).toBe(200);
});

test('errors of a mended hour ago do not add up with those of now', async () => {
  const channel = await stage.channel();
  await askForOthers(channel, 9);
  stage.pass(66 * MINUTE);
  await askForOthers(channel, 9);
  isBroken = false;
  expect(await askForOthers(channel, 1)).toEqual([200]);
});

test('what can no longer be remembered is left out of the item, which does not grow', async () => {
  const channel = await stage.channel();
  for (let hour = 0; hour < 5; hour++) {
    await askForOthers(channel, 8);
    stage.pass(90 * MINUTE);
  }
  const [item] = await stage.table.lookAll(`MEDIA#${channel.id}`);
  expect(Object.keys(item ?? {}).length).toBeLessThanOrEqual(14);
});

test('a miss that cannot be written down is told all the same', async () => {
  const channel = await stage.channel();
  stage.table.hooks.add(({ operation }) => (operation === 'UpdateItem' ? 'refuse' : 'pass'));
  const answer = await stage.ask(stage.link(channel, stage.file('a')));
  expect(stage.problem(answer)).toMatchObject({ status: 503, code: 'media-unavailable' });
});

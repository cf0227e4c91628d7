import { afterEach, expect, test } from 'vitest';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { PAIR_LIMIT } from '../../../../shared/rules/delivery/pair-limit.ts';
import { noteSending } from '../../../../shared/store/chat/note-sending.ts';
import { metaError, openSendStage } from '../stage.ts';

const stage = openSendStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

const INTERVAL_MS = 6_000;
const BURST = 45;

/** WhatsApp's limit for one visitor, two ways it may be meant. Returns how often it said no. */
function limit({ phone }: Chat, isFree: (now: number) => boolean): () => number {
  let refused = 0;
  removals.push(
    stage.provider.onRequest(({ path, body }) => {
      if (path !== '/messages' || (body as { to?: string }).to !== `+${phone}`) return undefined;
      if (isFree(stage.deps.now())) return undefined;
      refused += 1;
      return metaError(131056);
    }),
  );
  return () => refused;
}

/** Refills one message each 6 s, and holds 45. */
function bucket(): (now: number) => boolean {
  let [level, at] = [BURST, stage.deps.now()];
  return (now) => {
    [level, at] = [Math.min(BURST, level + (now - at) / INTERVAL_MS), now];
    if (level < 1) return false;
    level -= 1;
    return true;
  };
}

/** Takes 45 at once, and then nothing until their time is paid back. */
function payback(): (now: number) => boolean {
  let [taken, since] = [0, stage.deps.now()];
  return (now) => {
    if (now - since >= taken * INTERVAL_MS) [taken, since] = [0, now];
    if (taken >= BURST || (taken > 0 && now - since >= INTERVAL_MS)) return false;
    taken += 1;
    return true;
  };
}

/** So many messages went to this visitor a moment ago. */
const write = (chat: Chat, messages: number) =>
  noteSending(stage.table, chat, { pace_at: stage.deps.now() + messages * INTERVAL_MS });

async function sixty(chat: Chat): Promise<number> {
  const jobs = Array.from({ length: 60 }, (_, at) => stage.job(chat, `reply ${at}`));
  let waitedMs = 0;
  for (const job of jobs) waitedMs += (await stage.deliver(job)).reduce((sum, ms) => sum + ms, 0);
  return waitedMs;
}
const inOrder = Array.from({ length: 60 }, (_, at) => `reply ${at}`);

test('sixty replies at once: a burst, then one in 6 s, and never too fast for WhatsApp', async () => {
  const chat = await stage.visitor(await stage.channel());
  const refused = limit(chat, bucket());
  const waitedMs = await sixty(chat);
  expect(refused()).toBe(0);
  expect(stage.texts(chat)).toEqual(inOrder);
  expect(waitedMs).toBe((60 - PAIR_LIMIT.burst) * INTERVAL_MS);
  expect(stage.queued()).toEqual([]);
});

test('where a burst has to be paid back, all sixty arrive as well', async () => {
  const chat = await stage.visitor(await stage.channel());
  const refused = limit(chat, payback());
  const waitedMs = await sixty(chat);
  expect(stage.texts(chat)).toEqual(inOrder);
  expect(refused()).toBeGreaterThan(0);
  expect(refused()).toBeLessThan(30);
  expect(waitedMs).toBeLessThan(30 * 60_000);
  expect(stage.queued()).toEqual([]);
});

test('another visitor is not slowed', async () => {
  const channel = await stage.channel();
  const [busy, other] = [await stage.visitor(channel), await stage.visitor(channel)];
  await write(busy, PAIR_LIMIT.burst);
  expect(await stage.run(stage.job(busy, 'one too many'))).toEqual({ waitMs: INTERVAL_MS });
  expect(await stage.run(stage.job(other, 'hello'))).toBe('done');
});

test('a job that comes again and only waits is not counted in the pace', async () => {
  const chat = await stage.visitor(await stage.channel());
  await write(chat, PAIR_LIMIT.burst - 1);
  const job = stage.job(chat, 'throttled');
  stage.provider.failNext(1, metaError(130429));
  expect(await stage.run(job)).toEqual({ waitMs: 1_000 });
  const { pace_at: paceAt } = await stage.chat(chat);
  for (let look = 0; look < 5; look++) await stage.run(job);
  expect((await stage.chat(chat)).pace_at).toBe(paceAt);
  expect(stage.texts(chat)).toEqual([]);
});

test('a reply that waits for its turn writes nothing, and a pause needs no turn', async () => {
  const chat = await stage.visitor(await stage.channel());
  await write(chat, PAIR_LIMIT.burst);
  const job = stage.job(chat, 'waits');
  stage.table.calls.splice(0);
  expect(await stage.run(job)).toEqual({ waitMs: INTERVAL_MS });
  expect(stage.table.calls).toEqual(['GetItem', 'GetItem']);
  const pause = stage.job(chat, { type: 'pause', seconds: 2 });
  expect(await stage.run(pause)).toEqual({ waitMs: 2_000 });
});

test('a pause is waited out once, sends nothing, and never expires', async () => {
  const chat = await stage.visitor(await stage.channel({ max_wait_minutes: 0 }));
  const pause = stage.job(chat, { type: 'pause', seconds: 60 });
  expect(await stage.deliver(pause)).toEqual([60_000]);
  expect(await stage.deliver(pause)).toEqual([]);
  expect(stage.texts(chat)).toEqual([]);
  expect((await stage.delivery(pause)).parts[0]).toMatchObject({ status: 'accepted', attempts: 0 });
  expect(stage.queued()).toEqual([]);
  expect(await stage.deliver(stage.job(chat, 'after it'))).toEqual([]);
});

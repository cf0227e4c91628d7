import { expect, test } from 'vitest';
import type { AwsCall, InterceptHook, Verdict } from '../../../../infra/local/aws/intercept.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import type { ReplyJob } from '../../../../shared/contract/jobs.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { FALLBACK, openParkStage } from '../park-stage.ts';

const stage = openParkStage();
const { name } = FALLBACK;
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/**
 * The sender dies after so many writes. `isDead`: it wanted to write once more. `isTidying`: a removal,
 * without which it goes on.
 */
function diesAfter(writes: number) {
  let [done, dead, isTidying] = [0, false, false];
  const hook: InterceptHook = ({ operation, moment }) => {
    if (!dead && WRITES.has(operation) && moment === 'before' && done === writes) {
      [dead, isTidying] = [true, operation === 'DeleteItem'];
    }
    if (WRITES.has(operation) && moment === 'after') done += 1;
    return dead ? 'refuse' : 'pass';
  };
  stage.table.hooks.add(hook);
  return {
    isDead: () => dead,
    isTidying: () => isTidying,
    revive: () => void stage.table.hooks.delete(hook),
  };
}

/** Lets the sender die before each of its writes in turn; `heals` is what comes then. Returns how many. */
async function dieEverywhere(
  begin: () => Promise<{ act: () => Promise<unknown>; heals: () => Promise<void> }>,
): Promise<number> {
  for (let writes = 0; ; writes++) {
    const { act, heals } = await begin();
    const { isDead, isTidying, revive } = diesAfter(writes);
    const end = await act().catch(() => 'died');
    revive();
    await heals();
    if (!isDead()) return writes;
    if (!isTidying()) expect(end).toBe('died');
  }
}

const parking = () => stage.parking({ fallback_template: FALLBACK });
const jobFor = async (chat: Chat, words: string): Promise<ReplyJob> => {
  const [job] = await stage.answer(chat, [words]);
  return job ?? expect.fail('there is no reply');
};

test('wherever the sender dies while it parks: one template, one reply in the park, and it goes once', async () => {
  const channel = await parking();
  const places = await dieEverywhere(async () => {
    const chat = await stage.silent(channel);
    const job = await jobFor(chat, 'one');
    return {
      act: () => stage.deliver(job),
      heals: async () => {
        await stage.tellStatuses(chat);
        await stage.deliver(job);
        await stage.deliver(job);
        expect(stage.texts(chat)).toEqual([name]);
        expect(await stage.parked(chat)).toEqual([job.reply_id]);
        expect((await stage.looks(chat)).length).toBe(1);
        expect((await stage.delivery(job)).notes).toEqual(['template-sent']);
        expect((await stage.chat(chat)).fallback).toMatchObject({ turn_id: job.turn_id });
        await stage.visit(chat);
        await stage.release(chat);
        expect(stage.texts(chat)).toEqual([name, 'one']);
      },
    };
  });
  expect(places).toBeGreaterThanOrEqual(8);
});

test('wherever the sender dies while it parks, and the visitor writes before the job comes again: the reply goes once', async () => {
  const channel = await parking();
  await dieEverywhere(async () => {
    const chat = await stage.silent(channel);
    const job = await jobFor(chat, 'one');
    return {
      act: () => stage.deliver(job),
      heals: async () => {
        await stage.tellStatuses(chat);
        await stage.visit(chat);
        await stage.release(chat);
        await stage.deliver(job);
        await stage.release(chat);
        const texts = stage.texts(chat);
        expect(texts.filter((text) => text === 'one')).toEqual(['one']);
        expect(texts.filter((text) => text === name).length).toBeLessThanOrEqual(1);
        expect(texts.at(-1)).toBe('one');
        expect(await stage.parked(chat)).toEqual([]);
      },
    };
  });
});

test('wherever the sender dies while it releases: each goes once, in order, before anything newer', async () => {
  const channel = await stage.parking();
  const places = await dieEverywhere(async () => {
    const chat = await stage.silent(channel);
    for (const words of ['one', 'two']) await stage.say(chat, words);
    await stage.visit(chat);
    const newer = stage.job(chat, 'newer');
    return {
      act: () => stage.release(chat),
      heals: async () => {
        await stage.tellStatuses(chat);
        await stage.deliver(newer);
        await stage.release(chat);
        expect(stage.texts(chat)).toEqual(['one', 'two', 'newer']);
        expect(await stage.parked(chat)).toEqual([]);
      },
    };
  });
  expect(places).toBeGreaterThanOrEqual(10);
});

test('wherever the sender dies while it lets a reply expire: the reply expires once, and leaves the park', async () => {
  const channel = await stage.parking({ park_hours: 1 });
  const places = await dieEverywhere(async () => {
    const chat = await stage.silent(channel);
    const job = await stage.say(chat, 'late');
    stage.pass(60 * 60_000);
    return {
      act: () => stage.look(chat),
      heals: async () => {
        await stage.look(chat);
        expect((await stage.part(job))?.status).toBe('expired');
        expect(await stage.parked(chat)).toEqual([]);
        expect(stage.news().at(-1)).toMatchObject({ reply_id: job.reply_id, status: 'expired' });
      },
    };
  });
  expect(places).toBe(3);
});

test('wherever the sender dies while a template goes instead: one template, and the reply is refused', async () => {
  const channel = await stage.channel({
    if_window_closed: 'template',
    fallback_template: FALLBACK,
  });
  const places = await dieEverywhere(async () => {
    const chat = await stage.silent(channel);
    const [job, next] = await stage.answer(chat, ['one', 'two']);
    if (!job || !next) throw new Error('there are two');
    return {
      act: () => stage.deliver(job),
      heals: async () => {
        await stage.tellStatuses(chat);
        for (const again of [job, job, next]) await stage.deliver(again);
        expect(stage.texts(chat)).toEqual([name]);
        for (const one of [job, next]) {
          expect(await stage.delivery(one)).toMatchObject({
            parts: { 0: { status: 'refused', code: 'window-closed' } },
            notes: ['template-sent'],
          });
        }
        expect(stage.news().at(-1)).toMatchObject({ status: 'refused', note: 'template-sent' });
      },
    };
  });
  expect(places).toBeGreaterThanOrEqual(7);
});

test.each([
  { others: 0, template: false },
  { others: 2, template: false },
  { others: 0, template: true },
])('between whichever writes the visitor speaks, the reply goes in its order ($others wait, a template goes: $template)', async ({
  others,
  template,
}) => {
  const channel = template ? await parking() : await stage.parking();
  for (let writes = 0, isOver = false; !isOver; writes++) {
    const chat = await stage.silent(channel);
    const older = Array.from({ length: others }, (_, at) => `older ${at}`);
    for (const words of older) await stage.say(chat, words);
    const job = await jobFor(chat, 'newest');
    let written: Chat | null = null;
    let done = 0;
    isOver = true;
    // The worker's write comes between two of the sender's, and says what it finds parked.
    const hook = async ({ operation, moment }: AwsCall): Promise<Verdict> => {
      if (!WRITES.has(operation) || moment !== 'before' || done++ !== writes) return 'pass';
      isOver = false;
      written = await speaks(chat);
      return 'pass';
    };
    stage.table.hooks.add(hook);
    await stage.deliver(job);
    stage.table.hooks.delete(hook);
    const woken = written as Chat | null;
    if (!woken) await stage.visit(chat);
    if (!woken || woken.parked.length > 0) await stage.release(chat);
    expect(stage.texts(chat).filter((text) => text !== name)).toEqual([...older, 'newest']);
    expect(await stage.parked(chat)).toEqual([]);
  }
});

const speaks = ({ channel_id: channelId, id: chatId, phone }: Chat): Promise<Chat | null> =>
  recordInbound(stage.table, {
    ...{ channelId, chatId, phone, bsuid: null, username: null, name: '', eventId: 'evt_later' },
    ...{ inboundAt: stage.deps.now(), now: stage.deps.now(), wish: null },
  });

test('the answer to the write that parks is lost: it is parked once', async () => {
  const chat = await stage.silent(await stage.parking());
  const job = await jobFor(chat, 'one');
  let [writes, lost] = [0, 0];
  stage.table.hooks.add(({ operation, moment }) => {
    if (!WRITES.has(operation) || moment !== 'after') return 'pass';
    writes += 1;
    if (writes !== 3) return 'pass';
    lost += 1;
    return 'fail';
  });
  await stage.deliver(job);
  expect(lost).toBe(1);
  expect(await stage.parked(chat)).toEqual([job.reply_id]);
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['one']);
});

import { expect, test } from 'vitest';
import { toldWord } from '../../../../shared/rules/delivery/delivery-news.ts';
import { markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import { setPause } from '../../../../shared/store/chat/pause-chat.ts';
import { eraseDelivery } from '../../../../shared/store/delivery/erase-delivery.ts';
import { channelKey, turnKey } from '../../../../shared/store/keys.ts';
import { deleteItem, putItem } from '../../../../shared/store/table.ts';
import { HOUR, openParkStage } from '../park-stage.ts';
import { metaError } from '../stage.ts';

const stage = openParkStage();
const MINUTE = 60_000;
const statuses = () => stage.news().map(({ status }) => status);

test('a released reply that has to wait keeps the others, and whatever is newer, behind it', async () => {
  const chat = await stage.silent(await stage.parking());
  for (const words of ['one', 'two']) await stage.say(chat, words);
  await stage.visit(chat);
  stage.provider.failNext(2, metaError(130429));
  expect(await stage.look(chat)).toEqual({ waitMs: 1_000 });
  expect(await stage.parked(chat)).toHaveLength(2);
  stage.pass(1_000);
  const newer = stage.job(chat, 'newer');
  expect(await stage.run(newer)).toEqual({ waitMs: 2_000 });
  stage.pass(2_000);
  expect(await stage.deliver(newer)).toEqual([]);
  expect(stage.texts(chat)).toEqual(['one', 'two', 'newer']);
  expect(await stage.parked(chat)).toEqual([]);
});

test('the time in the park does not count as waiting: a released reply may wait max_wait_minutes', async () => {
  const chat = await stage.silent(await stage.parking({ max_wait_minutes: 5 }));
  await stage.say(chat, 'patient');
  stage.pass(20 * HOUR);
  await stage.visit(chat);
  stage.provider.failNext(1, metaError(80007));
  expect(await stage.release(chat)).toEqual([MINUTE]);
  expect(stage.texts(chat)).toEqual(['patient']);
});

test('after max_wait_minutes from its release a reply fails, and the next one goes', async () => {
  const chat = await stage.silent(await stage.parking({ max_wait_minutes: 5 }));
  const job = await stage.say(chat, 'in vain');
  stage.pass(HOUR);
  await stage.visit(chat);
  const remove = stage.provider.onRequest(({ path }) =>
    path === '/messages' ? metaError(80007) : undefined,
  );
  const waited = (await stage.release(chat)).reduce((sum, ms) => sum + ms, 0);
  remove();
  expect(waited).toBeGreaterThan(MINUTE);
  expect(waited).toBeLessThanOrEqual(5 * MINUTE);
  expect(await stage.part(job)).toMatchObject({ status: 'failed', code: 'provider-80007' });
  expect(await stage.parked(chat)).toEqual([]);
});

test('a reply that has left the park leaves no look at it behind; one that is parked anew keeps its own', async () => {
  const chat = await stage.silent(await stage.parking());
  await stage.say(chat, 'one');
  await stage.say(chat, 'two');
  expect(await stage.looks(chat)).toHaveLength(2);
  await stage.visit(chat);
  stage.pass(HOUR);
  stage.provider.failNext(1, metaError(131047));
  await stage.release(chat);
  const again = await stage.chat(chat);
  expect((await stage.looks(chat)).map(({ at }) => at)).toEqual(
    again.parked.map(({ until }) => until).toSorted((a, b) => a - b),
  );
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['one', 'two']);
  expect(await stage.looks(chat)).toEqual([]);
});

test('a look that cannot be removed costs the visitor nothing', async () => {
  const chat = await stage.silent(await stage.parking());
  await stage.say(chat, 'one');
  await stage.visit(chat);
  stage.table.hooks.add(({ operation, moment }) =>
    operation === 'DeleteItem' && moment === 'before' ? 'refuse' : 'pass',
  );
  await stage.release(chat);
  stage.table.hooks.clear();
  expect(stage.texts(chat)).toEqual(['one']);
  expect(await stage.parked(chat)).toEqual([]);
  expect(await stage.looks(chat)).toHaveLength(1);
  expect(await stage.look(chat)).toBe('done');
});

test('WhatsApp says "closed" of a released reply: it waits once more, in its place, and then goes', async () => {
  const chat = await stage.silent(await stage.telling());
  const one = await stage.say(chat, 'one');
  const two = await stage.say(chat, 'two');
  stage.pass(HOUR);
  await stage.visit(chat);
  stage.pass(HOUR);
  stage.provider.failNext(1, metaError(131047));
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual([]);
  expect(await stage.parked(chat)).toEqual([one.reply_id, two.reply_id]);
  expect(statuses()).toEqual(['parked', 'parked', 'released', 'parked']);
  const words = stage.news().map((news) => `${news.reply_id} ${toldWord(news)}`);
  expect(new Set(words).size).toBe(4); // each is news of its own
  stage.pass(HOUR);
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['one', 'two']);
});

test('WhatsApp says "closed" again of the same reply: the reply fails', async () => {
  const chat = await stage.silent(await stage.parking());
  const job = await stage.say(chat, 'three');
  for (const _ of ['once', 'twice']) {
    await stage.visit(chat);
    stage.pass(HOUR);
    stage.provider.failNext(1, metaError(131047));
    await stage.release(chat);
  }
  expect(await stage.part(job)).toMatchObject({ status: 'failed', code: 'provider-131047' });
  expect(await stage.parked(chat)).toEqual([]);
});

test('the visitor does not write for park_hours: each reply expires in its time, and the agent is told', async () => {
  const chat = await stage.silent(await stage.parking({ park_hours: 2 }));
  const one = await stage.say(chat, 'one');
  stage.pass(HOUR);
  const two = await stage.say(chat, 'two');
  const now = stage.deps.now();
  expect((await stage.looks(chat)).map(({ at }) => at)).toEqual([now + HOUR, now + 2 * HOUR]);

  stage.pass(HOUR - MINUTE);
  expect(await stage.look(chat)).toBe('done');
  expect(await stage.parked(chat)).toHaveLength(2);
  stage.pass(MINUTE);
  expect(await stage.look(chat)).toBe('done');
  expect(await stage.parked(chat)).toEqual([two.reply_id]);
  expect(await stage.part(one)).toMatchObject({ status: 'expired', code: 'expired' });
  expect(stage.news()).toMatchObject([{ status: 'expired', code: 'expired' }]);
});

test('the visitor writes in the moment a reply’s time is up: the reply does not go', async () => {
  const chat = await stage.silent(await stage.parking({ park_hours: 1 }));
  const late = await stage.say(chat, 'late');
  stage.pass(HOUR);
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual([]);
  expect(await stage.part(late)).toMatchObject({ status: 'expired' });
});

test('the visitor writes in time, and the look comes late: the reply goes', async () => {
  const chat = await stage.silent(await stage.parking({ park_hours: 1 }));
  await stage.say(chat, 'in time');
  stage.pass(HOUR - 1);
  await stage.visit(chat);
  stage.pass(10 * MINUTE);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['in time']);
});

test('a reply that has begun to go is not held up by the time it might wait in the park', async () => {
  const chat = await stage.silent(await stage.parking({ park_hours: 1 }));
  await stage.say(chat, 'in time');
  stage.pass(HOUR - 500);
  await stage.visit(chat);
  stage.provider.failNext(1, metaError(130429));
  expect(await stage.release(chat)).toEqual([1_000]);
  expect(stage.texts(chat)).toEqual(['in time']);
});

test('a look by a clock that is a little ahead waits until it is time, and no other look waits', async () => {
  const chat = await stage.silent(await stage.parking({ park_hours: 1 }));
  await stage.say(chat, 'one');
  stage.pass(HOUR - 5_001);
  expect(await stage.look(chat)).toBe('done');
  stage.pass(1);
  expect(await stage.release(chat)).toEqual([5_000]);
  expect(await stage.parked(chat)).toEqual([]);
});

test('valid_for ends a reply in the park too, at its own time', async () => {
  const chat = await stage.silent(await stage.parking());
  const [job] = await stage.answer(chat, [{ type: 'text', text: 'offer', valid_for: 3_600 }]);
  if (!job) throw new Error('there is no reply');
  stage.pass(MINUTE);
  await stage.deliver(job);
  const [look] = await stage.looks(chat);
  expect(look?.at).toBe(stage.deps.now() + HOUR - MINUTE);
  stage.pass(HOUR - MINUTE);
  expect(await stage.look(chat)).toBe('done');
  expect(await stage.part(job)).toMatchObject({ status: 'expired' });
  expect(await stage.parked(chat)).toEqual([]);
});

test('a person has the chat when the visitor writes: automatic replies are refused, those asked for at an endpoint go', async () => {
  const chat = await stage.silent(await stage.parking());
  const automatic = await stage.say(chat, 'bot');
  await stage.say(chat, 'asked for', { automatic: false });
  await setPause(stage.table, chat, stage.deps.now() + HOUR);
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['asked for']);
  expect(await stage.part(automatic)).toMatchObject({ status: 'refused', code: 'chat-paused' });
});

test('the channel is inactive when the visitor writes: what waited is refused', async () => {
  const channel = await stage.parking();
  const chat = await stage.silent(channel);
  const job = await stage.say(chat, 'too late');
  await putItem(stage.table, { ...channelKey(channel.id), ...channel, active: false });
  await stage.visit(chat);
  await stage.release(chat);
  expect(await stage.part(job)).toMatchObject({ status: 'refused', code: 'channel-inactive' });
  expect(await stage.parked(chat)).toEqual([]);
});

test('a reply whose words are gone before the visitor writes expires, and the next one goes', async () => {
  const chat = await stage.silent(await stage.parking());
  const gone = await stage.say(chat, 'gone');
  await stage.say(chat, 'kept');
  await deleteItem(stage.table, turnKey(chat.channel_id, gone.turn_id));
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['kept']);
  expect(await stage.part(gone)).toMatchObject({ status: 'expired' });
  expect(await stage.parked(chat)).toEqual([]);
});

test('a parked reply whose delivery is erased is passed over for the next', async () => {
  const chat = await stage.silent(await stage.parking());
  const first = await stage.say(chat, 'never');
  await stage.say(chat, 'heard');
  await stage.visit(chat);
  const place = { channelId: chat.channel_id, replyId: first.reply_id };
  await eraseDelivery(stage.table, place, stage.deps.now());
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['heard']);
});

test('nothing is sent in an erased chat, neither by a look at its park nor by a job', async () => {
  const chat = await stage.silent(await stage.parking());
  const job = await stage.say(chat, 'never');
  await markChatErased(stage.table, chat, stage.deps.now());
  expect(await stage.look(chat)).toBe('done');
  expect(await stage.run(job)).toBe('done');
  expect(stage.texts(chat)).toEqual([]);
});

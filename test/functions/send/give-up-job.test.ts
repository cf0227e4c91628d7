import { expect, test } from 'vitest';
import { giveUpJob } from '../../../functions/send/give-up-job.ts';
import { ChatErased } from '../../../functions/send/visit.ts';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import { chatKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { A_RECEIPT } from '../../support/call-gate.ts';
import { somePart } from '../../support/some-delivery.ts';
import { HOUR, openParkStage } from './park-stage.ts';
import { metaError } from './stage.ts';

const stage = openParkStage();
const giveUp = (job: unknown) =>
  giveUpJob({ ...stage.deps, gates: () => stage.deps.gate })(
    job,
    { code: 'unexpected-error', reason: 'A bug.' },
    A_RECEIPT,
  );
const news = () =>
  stage.queued().map((job) => (job.kind === 'delivery-news' ? job.news : expect.fail(job.kind)));
const partsOf = async (job: ReplyJob) => Object.values((await stage.delivery(job)).parts);

/** A reply that a dead sender left with these parts. */
async function begun(...parts: Delivery['parts'][string][]) {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'x'.repeat(4096 * parts.length));
  const { kind, reply, ...identity } = job;
  const delivery = { ...identity, id: null, notes: [], part_count: parts.length };
  await insertDelivery(
    stage.table,
    { ...delivery, parts: Object.fromEntries(parts.entries()) },
    stage.deps.now(),
  );
  return job;
}

test('a reply that was never begun ends as failed, and the agent is told', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, { type: 'text', text: 'Hello', id: 'mine' });
  expect(await giveUp(job)).toBe('ended');
  expect(await partsOf(job)).toMatchObject([{ status: 'failed', code: 'given-up' }]);
  expect(news()).toMatchObject([{ id: 'mine', status: 'failed', code: 'given-up' }]);
  expect(stage.texts(chat)).toEqual([]);
});

test('giving up twice, or after the reply went all the same, changes nothing', async () => {
  const job = stage.job(await stage.visitor(await stage.channel()), 'Hello');
  await stage.deliver(job);
  const before = await stage.delivery(job);
  expect(await giveUp(job)).toBe('ended');
  expect(await stage.delivery(job)).toEqual(before);
});

test('a part that may have left ends as unknown, and one behind it that did not with it', async () => {
  const job = await begun(somePart('sending'), somePart('waiting'));
  await giveUp(job);
  expect(await partsOf(job)).toMatchObject([
    { status: 'failed', code: 'outcome-unknown' },
    { status: 'failed', code: 'outcome-unknown' },
  ]);
  expect(news()).toMatchObject([{ part: 0, status: 'failed', code: 'outcome-unknown' }]);
});

test('what has arrived of a reply stays', async () => {
  const job = await begun(somePart('delivered', { message_id: 'wamid.1' }), somePart('waiting'));
  await giveUp(job);
  expect(await partsOf(job)).toMatchObject([
    { status: 'delivered' },
    { status: 'failed', code: 'given-up' },
  ]);
});

test('a part that was to go once more has failed for good, and the agent is told', async () => {
  const failed = somePart('failed', { message_id: 'wamid.1', goes_again: true });
  const job = { ...(await begun(failed)), again: { part: 0, round: 1 as const } };
  await giveUp(job);
  expect(await partsOf(job)).toMatchObject([{ status: 'failed', code: 'given-up', round: 1 }]);
  expect(news()).toMatchObject([{ status: 'failed', code: 'given-up' }]);
});

test('a notification that is given up has its result', async () => {
  const template = { type: 'template', name: 'shipped', language: 'en' };
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, template, { notification: { id: 'ntf_1' }, automatic: false });
  await giveUp(job);
  expect(stage.queued().map(({ kind }) => kind)).toEqual(['delivery-news', 'notification']);
});

test('a reply that is parked by now waits on for its visitor', async () => {
  const chat = await stage.silent(await stage.parking());
  const job = await stage.say(chat, 'later');
  await giveUp(job);
  expect(await stage.parked(chat)).toEqual([job.reply_id]);
  expect(await partsOf(job)).toMatchObject([{ status: 'parked' }]);
});

test('a reply that is marked as parked and is not in the park ends: no look would find it', async () => {
  const job = await begun(somePart('parked'));
  await giveUp(job);
  expect(await partsOf(job)).toMatchObject([{ status: 'failed', code: 'given-up' }]);
});

test('a reply that was released, and waits for its turn to be sent, ends', async () => {
  const chat = await stage.silent(await stage.parking());
  const job = await stage.say(chat, 'later');
  await stage.visit(chat);
  stage.provider.failNext(1, metaError(130429));
  expect(await stage.look(chat)).not.toBe('done');
  expect(await stage.parked(chat)).toEqual([job.reply_id]);
  await giveUp(job);
  expect(await partsOf(job)).toMatchObject([{ status: 'failed', code: 'given-up' }]);
});

test('a look that is given up ends the first reply that might go, and the others are looked at again', async () => {
  const chat = await stage.silent(await stage.telling());
  const [stuck, other] = [await stage.say(chat, 'stuck'), await stage.say(chat, 'other')];
  await stage.visit(chat);
  expect(await giveUp({ kind: 'release', channel_id: chat.channel_id, chat_id: chat.id })).toBe(
    'ended',
  );
  expect(await stage.parked(chat)).toEqual([other.reply_id]);
  expect(await partsOf(stuck)).toMatchObject([{ status: 'failed', code: 'given-up' }]);
  expect(news().at(-1)).toMatchObject({ reply_id: stuck.reply_id, code: 'given-up' });
  const [next] = await stage.looks(chat);
  expect(next?.at).toBeLessThanOrEqual(stage.deps.now() + HOUR);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['other']);
});

test('of an erased chat nothing is written, and no letter may be', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'Hello');
  await putItem(stage.table, { ...chatKey(chat.channel_id, chat.id), erased_at: 1 });
  expect(await giveUp(job)).toBe('letter-kept');
  expect(await stage.table.lookAll(`DELIVERY#${job.channel_id}#${job.reply_id}`)).toEqual([]);
});

test('a job that cannot be read leaves only its letter', async () => {
  for (const job of [null, 'x', { kind: 'reply' }]) expect(await giveUp(job)).toBe('ended');
  expect(stage.queued()).toEqual([]);
});

test('a chat that is erased while its reply is given up leaves no letter', async () => {
  const job = await begun(somePart('waiting'));
  let asked = 0;
  const now = () => {
    asked += 1;
    if (asked > 1) throw new ChatErased(); // behind the reads with which the visit begins
    return stage.deps.now();
  };
  const why = { code: 'unexpected-error', reason: 'A bug.' };
  const giveUpMeanwhile = giveUpJob({ ...stage.deps, now, gates: () => stage.deps.gate });
  expect(await giveUpMeanwhile(job, why, A_RECEIPT)).toBe('letter-kept');
});

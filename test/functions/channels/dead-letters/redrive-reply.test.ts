import { expect, test } from 'vitest';
import type { Part } from '../../../../shared/contract/delivery.ts';
import { deliveryOf, outboundGroup } from '../../../../shared/rules/delivery/reply-jobs.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { someNews, somePart } from '../../../support/some-delivery.ts';
import { openLettersStage, someReply } from './letters-stage.ts';

const stage = openLettersStage();
const redrive = (id: string) => stage.send(`POST /admin/dead-letters/${id}/redrive`);

const lost = (more: Partial<Part> = {}) => somePart('failed', { code: 'given-up', ...more });

async function givenUp(parts: Part[], options: Record<string, unknown> = {}) {
  const channel = await stage.channel(options);
  const chat = await stage.visitor(channel);
  const job = someReply(channel, chat.id);
  const delivery = {
    ...deliveryOf(job),
    parts: Object.fromEntries(parts.entries()),
    part_count: parts.length,
  };
  await insertDelivery(stage.table, delivery, stage.deps.now());
  const letter = await stage.letter(channel, { queue: 'outbound', code: 'job-abandoned', job });
  const read = () => findDelivery(stage.table, channel.id, job.reply_id);
  return { channel, job, letter, read };
}

test('of a reply that was given up what has arrived stays, and the rest waits anew', async () => {
  const arrived = somePart('delivered', { message_id: 'wamid.1' });
  const { job, letter, read } = await givenUp([arrived, lost({ attempts: 7, by: 'x' }), lost()]);
  const before = stage.deps.now();
  expect((await redrive(letter.letterId)).status).toBe(202);
  expect(await stage.outbound()).toEqual([{ job, group: outboundGroup(job) }]);
  const { parts } = (await read()) ?? expect.fail('there is a delivery');
  expect(parts[0]).toEqual(arrived);
  expect(parts[1]).toMatchObject({ status: 'waiting', rank: 0, code: null, attempts: 0 });
  expect(parts[1]).not.toHaveProperty('by');
  expect(parts[2]?.released_at).toBeGreaterThanOrEqual(before);
});

test.each([
  {
    what: 'has arrived after all',
    parts: [somePart('sent', { message_id: 'wamid.1' })],
    options: {},
  },
  { what: 'is parked', parts: [somePart('parked')], options: {} },
  { what: 'is being sent', parts: [somePart('sending')], options: {} },
  {
    what: 'may have arrived, in a channel that sends nothing twice',
    parts: [somePart('failed', { code: 'outcome-unknown', rank: 1 })],
    options: { unknown_outcome: 'report' },
  },
])('a reply that $what is not redriven', async ({ parts, options }) => {
  const { letter, read } = await givenUp(parts, options);
  expect((await redrive(letter.letterId)).body).toMatchObject({
    status: 409,
    code: 'not-redrivable',
  });
  expect((await read())?.parts).toEqual(Object.fromEntries(parts.entries()));
  expect(await stage.outbound()).toEqual([]);
});

test('a reply of which it is not known whether it arrived goes once more, where the channel sends such', async () => {
  const { letter, read } = await givenUp([
    somePart('failed', { code: 'outcome-unknown', rank: 1 }),
  ]);
  expect((await redrive(letter.letterId)).status).toBe(202);
  expect((await read())?.parts[0]).toMatchObject({ status: 'waiting' });
});

test('a redrive of a reply that dies before the job is queued is gone on with', async () => {
  const { letter } = await givenUp([lost()]);
  stage.hooks.add(({ operation, moment }) =>
    operation === 'SendMessageBatch' && moment === 'before' ? 'refuse' : 'pass',
  );
  expect((await redrive(letter.letterId)).status).toBe(503);
  stage.hooks.clear();
  expect((await redrive(letter.letterId)).status).toBe(202);
  expect(await stage.outbound()).toHaveLength(1);
});

test.each([
  { what: 'the answer to it is lost', parts: [lost()], redriven: true },
  {
    what: 'a status says that it has arrived',
    parts: [somePart('failed', { code: 'outcome-unknown', rank: 1 })],
    redriven: false,
  },
])('while a reply is opened anew $what', async ({ parts, redriven }) => {
  const { letter, job, read } = await givenUp(parts);
  let writes = 0;
  stage.table.hooks.add(async ({ operation, moment }) => {
    if (operation !== 'UpdateItem') return 'pass';
    const isOpening = redriven ? moment === 'after' : moment === 'before';
    const delivery = isOpening ? await read() : null;
    const waits = delivery?.parts[0]?.status === (redriven ? 'waiting' : 'failed');
    if (!waits || writes++ > 0) return 'pass';
    if (redriven) return 'fail';
    const place = { channelId: job.channel_id, replyId: job.reply_id, part: 0, round: 0 as const };
    await advancePart(stage.table, place, someNews('delivered'));
    return 'pass';
  });
  const answer = await redrive(letter.letterId);
  stage.table.hooks.clear();
  expect(writes).toBeGreaterThan(0);
  expect(answer.status).toBe(redriven ? 202 : 409);
  expect(await stage.outbound()).toHaveLength(redriven ? 1 : 0);
});

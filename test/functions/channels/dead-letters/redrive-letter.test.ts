import { expect, onTestFinished, test } from 'vitest';
import type { InterceptHook } from '../../../../infra/local/aws/intercept.ts';
import { itemGroup } from '../../../../shared/rules/identity/item-group.ts';
import { removeDeadLetter, writeDeadLetter } from '../../../../shared/store/dead-letters.ts';
import { turnKey } from '../../../../shared/store/keys.ts';
import { deleteItem } from '../../../../shared/store/table.ts';
import { beginTurn, endTurn, eraseTurn, findTurn } from '../../../../shared/store/turns.ts';
import { openLettersStage, someMessage, someReply, WORDS } from './letters-stage.ts';

const stage = openLettersStage();
const redrive = (id: string) => stage.send(`POST /admin/dead-letters/${id}/redrive`);
const letters = async (channelId: string) =>
  (await stage.send(`GET /admin/dead-letters?channel_id=${channelId}`)).body.dead_letters;
const turnOf = (channelId: string, eventId: string) =>
  findTurn(stage.table, { channelId, eventId }, { consistent: true });

test('a lost turn is open again and behind what its visitor has said since, and its letter is gone', async () => {
  const channel = await stage.channel();
  const { letter, eventId, job } = await stage.lostTurn(channel);
  const answer = await redrive(letter.letterId);
  expect([answer.status, answer.body]).toMatchObject([202, { event_id: eventId }]);
  expect(answer.text).not.toContain(WORDS);
  if (job.item.kind !== 'message') return expect.fail('it is a message');
  expect(await stage.inbound()).toEqual([{ job, group: itemGroup(channel.id, job.item) }]);
  const turn = await turnOf(channel.id, eventId);
  expect(turn).toMatchObject({ outcome: null, attempts: 0, ended_at: null });
  expect(turn?.redriven).toHaveLength(1);
  expect(await letters(channel.id)).toEqual([]);
  expect((await redrive(letter.letterId)).body).toMatchObject({ code: 'dead-letter-unknown' });
});

test('a turn that is no longer kept is asked about as well', async () => {
  const channel = await stage.channel();
  const { letter, eventId } = await stage.lostTurn(channel);
  await deleteItem(stage.table, turnKey(channel.id, eventId));
  expect((await redrive(letter.letterId)).status).toBe(202);
  expect(await turnOf(channel.id, eventId)).toMatchObject({ outcome: null, attempts: 0 });
  expect(await stage.inbound()).toHaveLength(1);
});

test('a turn that fails again and is redriven again is queued again, within five minutes as well', async () => {
  const channel = await stage.channel();
  const { letter, eventId } = await stage.lostTurn(channel);
  await redrive(letter.letterId);
  expect(await stage.inbound()).toHaveLength(1);
  const { letterId: _, ...again } = letter;
  await writeDeadLetter(stage.table, again, stage.deps.now());
  const outcome = { kind: 'failed', code: 'agent-timeout', letter_at: letter.at } as const;
  const place = { channelId: channel.id, eventId };
  await endTurn(stage.table, place, { chatId: 'c', outcome, now: stage.deps.now() });
  stage.pass(1);
  expect((await redrive(letter.letterId)).status).toBe(202);
  expect(await stage.inbound()).toHaveLength(1);
  expect((await turnOf(channel.id, eventId))?.redriven).toHaveLength(2);
});

test.each([
  { dies: 'before the turn is reopened', operation: 'UpdateItem', nth: 2 },
  { dies: 'before the job is queued', operation: 'SendMessageBatch', nth: 1 },
  { dies: 'before the letter is removed', operation: 'DeleteItem', nth: 1 },
])('a redrive that dies $dies leaves the letter, and the next one goes on from there', async ({
  operation,
  nth,
}) => {
  const channel = await stage.channel();
  const { letter, eventId } = await stage.lostTurn(channel);
  let seen = 0;
  const hooks = operation === 'SendMessageBatch' ? stage.hooks : stage.table.hooks;
  hooks.add((call) => {
    if (call.operation === operation && call.moment === 'before') seen += 1;
    return seen >= nth ? 'refuse' : 'pass';
  });
  expect((await redrive(letter.letterId)).status).toBe(503);
  hooks.clear();
  expect(await letters(channel.id)).toHaveLength(1);

  expect((await redrive(letter.letterId)).status).toBe(202);
  expect((await stage.inbound()).length).toBe(1);
  expect((await turnOf(channel.id, eventId))?.redriven).toHaveLength(1);
  expect(await letters(channel.id)).toEqual([]);
});

test('a letter that is written anew while it is redriven stays', async () => {
  const channel = await stage.channel();
  const { letter } = await stage.lostTurn(channel);
  const { letterId, ...again } = letter;
  const hook = async (call: { operation: string; moment: string }) => {
    if (call.operation !== 'SendMessageBatch' || call.moment !== 'after') return 'pass' as const;
    await writeDeadLetter(stage.table, again, stage.deps.now());
    return 'pass' as const;
  };
  stage.hooks.add(hook);
  expect((await redrive(letterId)).status).toBe(202);
  expect(await letters(channel.id)).toHaveLength(1);
});

test('while the job of a turn is at work its letter is not redriven', async () => {
  const channel = await stage.channel();
  const id = 'wamid.at-work';
  const job = someMessage(channel, { phone: '491713990009', id });
  const eventId = 'evt_0123456789abcdef0123456789abcdef';
  await beginTurn(stage.table, { channelId: channel.id, eventId }, stage.deps.now());
  const letter = await stage.letter(channel, { id: eventId, job });
  expect((await redrive(letter.letterId)).body).toMatchObject({
    status: 409,
    code: 'not-redrivable',
  });
  expect(await stage.inbound()).toEqual([]);
  expect(await letters(channel.id)).toHaveLength(1);
});

test('of an erased chat nothing is redriven', async () => {
  const channel = await stage.channel();
  const { letter, eventId } = await stage.lostTurn(channel);
  await eraseTurn(stage.table, { channelId: channel.id, eventId }, stage.deps.now());
  expect((await redrive(letter.letterId)).body).toMatchObject({ code: 'dead-letter-unknown' });
  const reply = someReply(channel, 'e'.repeat(40));
  const other = await stage.letter(channel, { queue: 'outbound', job: reply });
  expect((await redrive(other.letterId)).body).toMatchObject({ code: 'chat-unknown' });
  const request = {
    ...someMessage(channel, { phone: '1', id: '1' }),
    item: {
      kind: 'incoming-request',
      request: {
        event_id: 'evt_2',
        chat_id: 'e'.repeat(40),
        body: {},
        headers: {},
        query: {},
        is_urgent: false,
      },
    },
  };
  const third = await stage.letter(channel, { job: request });
  expect((await redrive(third.letterId)).body).toMatchObject({ code: 'chat-unknown' });
  expect([...(await stage.inbound()), ...(await stage.outbound())]).toEqual([]);
});

test('of a channel that is switched off nothing is redriven, and the letter stays', async () => {
  const channel = await stage.channel({}, { active: false });
  const { letter } = await stage.lostTurn(channel);
  expect((await redrive(letter.letterId)).body).toMatchObject({
    status: 409,
    code: 'channel-inactive',
  });
  expect(await letters(channel.id)).toHaveLength(1);
});

test.each([
  {
    what: 'an item that could not be read',
    job: { item: { kind: 'unread', reason: 'no-id', raw: {} } },
  },
  { what: 'a job that no version knows', job: { item: { kind: 'from-the-future' } } },
])('$what is not redriven', async ({ job }) => {
  const channel = await stage.channel();
  const whole = { channel_id: channel.id, received_at: 1, ...job };
  const letter = await stage.letter(channel, { code: 'item-unread', job: whole });
  expect((await redrive(letter.letterId)).body).toMatchObject({
    status: 409,
    code: 'not-redrivable',
  });
});

test('a letter that is erased in the moment in which it is redriven is unknown', async () => {
  const channel = await stage.channel();
  const { letter } = await stage.lostTurn(channel);
  const erase: InterceptHook = async ({ operation, moment }) => {
    if (operation === 'UpdateItem' && moment === 'before') {
      await removeDeadLetter(stage.table, letter);
    }
    return 'pass' as const;
  };
  stage.table.hooks.add(erase);
  onTestFinished(() => void stage.table.hooks.delete(erase));
  expect((await redrive(letter.letterId)).body).toMatchObject({ code: 'dead-letter-unknown' });
  expect(await stage.inbound()).toEqual([]);
});

test('a turn whose chat is erased while it is redriven is not asked about again', async () => {
  const channel = await stage.channel();
  const { letter, eventId } = await stage.lostTurn(channel);
  let updates = 0;
  const hook: InterceptHook = async ({ operation, moment }) => {
    // The first marks the letter, the second reopens the turn.
    if (operation !== 'UpdateItem' || moment !== 'after' || ++updates !== 2) return 'pass' as const;
    stage.table.hooks.delete(hook);
    await eraseTurn(stage.table, { channelId: channel.id, eventId }, stage.deps.now());
    return 'pass' as const;
  };
  stage.table.hooks.add(hook);
  onTestFinished(() => void stage.table.hooks.delete(hook));
  expect((await redrive(letter.letterId)).body).toMatchObject({ code: 'dead-letter-unknown' });
  expect(await stage.inbound()).toEqual([]);
});

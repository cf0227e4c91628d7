import { expect, test } from 'vitest';
import type { TurnOutcome } from '../../../shared/contract/turn.ts';
import { turnKey } from '../../../shared/store/keys.ts';
import { deleteItem } from '../../../shared/store/table.ts';
import { beginTurn, countTimeout, endTurn, findTurn } from '../../../shared/store/turns.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
const now = Date.parse('2026-11-22T10:00:00.500Z');
let made = 0;
const newTurn = () => ({ channelId: 'ch_1', eventId: `evt_${++made}` });
const answered = (word: string): TurnOutcome => ({
  kind: 'answered',
  answer: { replies: [word], dialog: 'open' },
});

test('the first attempt finds a turn that was not begun before', async () => {
  const id = newTurn();
  expect(await beginTurn(table, id, now)).toMatchObject({
    channel_id: 'ch_1',
    event_id: id.eventId,
    chat_id: null,
    begun_at: now,
    attempts: 1,
    timeouts: 0,
    outcome: null,
    ended_at: null,
  });
  expect(table.calls).toEqual(['UpdateItem']);
});

test('every attempt is counted, and the times of the beginning and of the expiry stay', async () => {
  const id = newTurn();
  await beginTurn(table, id, now);
  const later = await beginTurn(table, id, now + 6 * 24 * 3_600_000);
  expect(later).toMatchObject({ begun_at: now, attempts: 2 });
  expect(await table.look(turnKey(id.channelId, id.eventId))).toMatchObject({
    expires_at: Date.parse('2026-11-30T10:00:00Z') / 1000, // 8 days, past the provider's last repeat
  });
});

test('twenty attempts at once are twenty, each with a number of its own', async () => {
  const id = newTurn();
  const turns = await Promise.all(Array.from({ length: 20 }, () => beginTurn(table, id, now)));
  const numbers = turns.map(({ attempts }) => attempts).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
});

test('of twenty answers at once one counts, and each worker is given that one', async () => {
  const id = newTurn();
  await beginTurn(table, id, now);
  const turns = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      endTurn(table, id, {
        chatId: `chat-${at}`,
        outcome: answered(`answer ${at}`),
        now: now + at,
      }),
    ),
  );
  const [first] = turns;
  expect(turns).toEqual(Array(20).fill(first));
  const winner = Number(first?.chat_id?.split('-')[1]);
  expect(first).toMatchObject({ outcome: answered(`answer ${winner}`), ended_at: now + winner });
  expect(await beginTurn(table, id, now)).toMatchObject({ outcome: first?.outcome });
});

// biome-ignore format: a table reads by column
const outcomes: TurnOutcome[] = [
  answered('Hi'),
  { kind: 'later' },
  { kind: 'told' },
  { kind: 'paused' },
  { kind: 'failed', code: 'agent-rejected' },
];

test.each(outcomes)('an outcome "$kind" is kept, and no other replaces it', async (outcome) => {
  const id = newTurn();
  await beginTurn(table, id, now);
  const ended = await endTurn(table, id, { chatId: 'c', outcome, now });
  expect(table.calls).toEqual(['UpdateItem', 'UpdateItem']);
  for (const other of outcomes) {
    expect(await endTurn(table, id, { chatId: 'd', outcome: other, now: now + 1 })).toEqual(ended);
  }
  expect(await beginTurn(table, id, now + 2)).toMatchObject({
    outcome,
    chat_id: 'c',
    ended_at: now,
  });
});

test('an answer as large as one may be is kept whole', async () => {
  const id = newTurn();
  await beginTurn(table, id, now);
  const outcome = answered('x'.repeat(256 * 1024 - 100));
  await endTurn(table, id, { chatId: 'c', outcome, now });
  expect((await beginTurn(table, id, now)).outcome).toEqual(outcome);
});

const nested = (levels: number): unknown => (levels === 0 ? 'deep' : [nested(levels - 1)]);

// biome-ignore format: a table reads by column
const strange = [
  { what: 'a number beyond what JavaScript counts exactly', reply: { type: 'text', id: 1e20 } },
  { what: 'a number beyond what DynamoDB holds',            reply: { latitude: 1e300 } },
  { what: 'a number too small for it',                      reply: 1e-300 },
  { what: 'more levels than it nests',                      reply: nested(40) },
  { what: 'a key named __proto__',                          reply: JSON.parse('{"__proto__":1}') },
  { what: 'empty texts, keys, lists and objects',           reply: { '': '', list: [], object: {}, nothing: null } },
];

test.each(strange)('one reply with $what does not take the others with it', async ({ reply }) => {
  const id = newTurn();
  await beginTurn(table, id, now);
  const outcome: TurnOutcome = {
    kind: 'answered',
    answer: { replies: ['Hi', reply], dialog: 'open' },
  };
  const ended = await endTurn(table, id, { chatId: 'c', outcome, now });
  expect(JSON.stringify(ended.outcome)).toBe(JSON.stringify(outcome));
  expect(await findTurn(table, id)).toEqual(ended);
});

test('a turn that was never begun is not known', async () => {
  expect(await findTurn(table, newTurn())).toBeNull();
});

test('an answer counts although the response to storing it was lost', async () => {
  const id = newTurn();
  await beginTurn(table, id, now);
  let answers = 0;
  table.hooks.add(({ moment }) => (moment === 'after' && ++answers === 1 ? 'fail' : 'pass'));
  const ended = await endTurn(table, id, { chatId: 'c', outcome: answered('Hi'), now });
  expect(ended).toMatchObject({ outcome: answered('Hi'), chat_id: 'c' });
});

test('a turn that is gone is not made again, neither by its answer nor by a timeout', async () => {
  const id = newTurn();
  await beginTurn(table, id, now);
  await deleteItem(table, turnKey(id.channelId, id.eventId));
  const ended = await endTurn(table, id, { chatId: 'c', outcome: answered('Hi'), now });
  expect(ended).toMatchObject({ event_id: id.eventId, chat_id: 'c', outcome: answered('Hi') });
  expect(await countTimeout(table, id)).toBe(1);
  expect(await table.look(turnKey(id.channelId, id.eventId))).toBeNull();
});

test('timeouts are counted beside the attempts', async () => {
  const id = newTurn();
  await beginTurn(table, id, now);
  expect(await countTimeout(table, id)).toBe(1);
  expect(await countTimeout(table, id)).toBe(2);
  expect(await beginTurn(table, id, now)).toMatchObject({ attempts: 2, timeouts: 2 });
});

test('one event id in two channels is two turns', async () => {
  const id = newTurn();
  await beginTurn(table, id, now);
  expect(await beginTurn(table, { ...id, channelId: 'ch_2' }, now)).toMatchObject({ attempts: 1 });
});

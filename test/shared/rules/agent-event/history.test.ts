import { expect, test } from 'vitest';
import type { KeptEntry } from '../../../../shared/contract/history.ts';
import {
  entriesToRead,
  historyEntry,
  lastTurns,
} from '../../../../shared/rules/agent-event/history.ts';

const said = (turn: string, at: number, text = `${turn}@${at}`): KeptEntry => ({
  from: 'visitor',
  kind: 'text',
  text,
  at,
  turn_id: turn,
});
const texts = (entries: KeptEntry[]) => entries.map(({ text }) => text);
const ALL = [said('a', 1), said('a', 2), said('b', 3), said('c', 5), said('c', 6), said('b', 4)];

// biome-ignore format: a table reads by column
const cases = [
  { what: 'no turn',                        turns: 0,  without: [],    told: [] },
  { what: 'the last turn',                  turns: 1,  without: [],    told: ['c@5', 'c@6'] },
  { what: 'the last two',                   turns: 2,  without: [],    told: ['b@3', 'b@4', 'c@5', 'c@6'] },
  { what: 'all there are',                  turns: 50, without: [],    told: ['a@1', 'a@2', 'b@3', 'b@4', 'c@5', 'c@6'] },
  { what: 'not what is the event’s own',    turns: 1,  without: ['c'], told: ['b@3', 'b@4'] },
];
test.each(cases)('of a chat’s turns $what is told, the oldest first', ({
  turns,
  without,
  told,
}) => {
  expect(texts(lastTurns(ALL, turns, new Set(without)))).toEqual(told);
  expect(texts(lastTurns(ALL.toReversed(), turns, new Set(without)))).toEqual(told);
});

test('very long turns are told only as far as an event may hold their words', () => {
  const long = Array.from({ length: 50 }, (_, at) => said(`t${at}`, at, 'x'.repeat(4_096)));
  const told = lastTurns(long, 50, new Set());
  expect(told).toHaveLength(32);
  expect(told.at(-1)?.turn_id).toBe('t49');
});

test('fifty turns of a question and its answer fit into what is read', () => {
  expect(entriesToRead(50, false)).toBeGreaterThan(100);
  expect(entriesToRead(1, false)).toBeGreaterThan(20); // one answer may have twenty replies
  expect(entriesToRead(50, true)).toBeGreaterThan(50 * 10); // five messages, and as many replies
});

test('the agent gets times as ISO 8601, and no names of our own', () => {
  expect(historyEntry({ ...said('t', 0), reply_id: 'rep_1' })).toEqual({
    from: 'visitor',
    kind: 'text',
    text: 't@0',
    at: '1970-01-01T00:00:00.000Z',
    reply_id: 'rep_1',
  });
});

test('each id of an entry is told where there is one, and no name stands for an id that is not', () => {
  const ids = { event_id: 'evt_1', message_id: 'wamid.1', reply_id: 'rep_1' };
  const bare = { from: 'visitor', kind: 'text', text: 't@0', at: '1970-01-01T00:00:00.000Z' };
  expect(historyEntry({ ...said('t', 0), ...ids })).toStrictEqual({ ...bare, ...ids });
  expect(historyEntry(said('t', 0))).toStrictEqual(bare);
});

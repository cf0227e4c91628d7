import { expect, test } from 'vitest';
import type { Turn } from '../../../../shared/contract/turn.ts';
import { replyIdsOf } from '../../../../shared/rules/delivery/reply-ids-of.ts';

const CHAT = '0123456789abcdef0123456789abcdef01234567';
const turn = (more: Partial<Turn>) =>
  ({ channel_id: 'ch_1', event_id: 'evt_1', outcome: null, ...more }) as Turn;
const answered = { kind: 'answered', answer: { replies: ['one', 'two'] } } as Turn['outcome'];
const failed = { kind: 'failed' } as unknown as Turn['outcome'];

// biome-ignore format: a table reads by column
const rows: { what: string; more: Partial<Turn>; count: number }[] = [
  { what: 'a turn without an outcome',           more: {},                                    count: 0 },
  { what: 'an answer of two replies',            more: { outcome: answered },                 count: 2 },
  { what: 'a failed turn, whose visitor may have been told', more: { outcome: failed },       count: 1 },
  { what: 'an answer after a failure',           more: { outcome: answered, redriven: [5] },  count: 3 },
  { what: 'a second failure',                    more: { outcome: failed, redriven: [5] },    count: 2 },
];

test.each(rows)('$what leads to $count replies', ({ more, count }) => {
  const ids = replyIdsOf(turn(more), CHAT);
  expect(new Set(ids).size).toBe(count);
  expect(ids).toHaveLength(count);
});

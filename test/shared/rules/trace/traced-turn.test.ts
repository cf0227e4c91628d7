import { expect, test } from 'vitest';
import type { Turn } from '../../../../shared/contract/turn.ts';
import { tracedTurn } from '../../../../shared/rules/trace/traced-turn.ts';

const AT = Date.parse('2026-11-22T10:00:00.500Z');
const begun = {
  event_id: 'evt_1',
  begun_at: AT,
  ended_at: null,
  attempts: 1,
  timeouts: 0,
  outcome: null,
} as Turn;
const ended = { ...begun, ended_at: AT + 1_000 };
const answer = { replies: ['words', { type: 'text', text: 'of the agent' }], dialog: 'open' };
const held = { until: AT + 5_000 };

// biome-ignore format: a table reads by column
test.each([
  { what: 'at work',                    turn: begun,                                                                         is: { ended_at: null, outcome: null, code: null, replies: 0, waits_for_more: false } },
  { what: 'that waits for more',        turn: { ...begun, held },                                                            is: { outcome: null, waits_for_more: true } },
  { what: 'that has waited and ended',  turn: { ...ended, held, outcome: { kind: 'answered', answer } },                     is: { ended_at: '2026-11-22T10:00:01.500Z', outcome: 'answered', replies: 2, waits_for_more: false } },
  { what: 'that joined a newer one',    turn: { ...ended, outcome: { kind: 'merged', into: 'evt_2' } },                      is: { outcome: 'merged', merged_into: 'evt_2', code: null } },
  { what: 'that failed',                turn: { ...ended, outcome: { kind: 'failed', code: 'agent-timeout' } },              is: { outcome: 'failed', code: 'agent-timeout', replies: 0, merged_into: null } },
  { what: 'that was redriven',          turn: { ...begun, redriven: [AT + 2_000] },                                          is: { redriven_at: ['2026-11-22T10:00:02.500Z'] } },
])('of a turn $what a trace shows how far it has come, and no words', ({ turn, is }) => {
  const traced = tracedTurn(turn as Turn);
  expect(traced).toMatchObject({ event_id: 'evt_1', begun_at: '2026-11-22T10:00:00.500Z', ...is });
  expect(JSON.stringify(traced)).not.toContain('words');
});

import { expect, test } from 'vitest';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import type { Turn, TurnOutcome } from '../../../../shared/contract/turn.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { repliesOf, replyBehind } from '../../../../shared/rules/delivery/replies-of.ts';

const channel = (agent_failed_text: string | null) => ({
  options: parse(channelOptionsSchema, { agent_failed_text }),
});
const answered: TurnOutcome = {
  kind: 'answered',
  answer: { replies: ['one', { type: 'text', text: 'two' }], dialog: 'open' },
};

// biome-ignore format: a table reads by column
const cases: { when: string; sorry: string | null; outcome: TurnOutcome; says: unknown[] }[] = [
  { when: 'the agent answered',                  sorry: 'Sorry', outcome: answered,                                says: answered.answer.replies },
  { when: 'it answers later',                    sorry: 'Sorry', outcome: { kind: 'later' },                       says: [] },
  { when: 'the agent was only told',             sorry: 'Sorry', outcome: { kind: 'told' },                        says: [] },
  { when: 'a person has the chat',               sorry: 'Sorry', outcome: { kind: 'paused' },                      says: [] },
  { when: 'it failed, and there are words for it', sorry: 'Sorry', outcome: { kind: 'failed', code: 'agent-timeout' }, says: ['Sorry'] },
  { when: 'it failed, and there are none',       sorry: null,    outcome: { kind: 'failed', code: 'agent-timeout' }, says: [] },
];

test.each(cases)('when $when', ({ sorry, outcome, says }) => {
  expect(repliesOf(channel(sorry), outcome)).toEqual(says);
});

test('what was written is found by its place, as long as the turn is there', () => {
  const turn: Turn = {
    channel_id: 'ch_1',
    event_id: 'evt_1',
    chat_id: 'c1',
    begun_at: 1,
    attempts: 1,
    timeouts: 0,
    outcome: answered,
    ended_at: 2,
  };
  expect(replyBehind(channel(null), turn, { index: 1 })).toEqual({ type: 'text', text: 'two' });
  expect(replyBehind(channel(null), turn, { index: 2 })).toBeUndefined();
  expect(replyBehind(channel(null), { ...turn, outcome: null }, { index: 0 })).toBeUndefined();
  expect(replyBehind(channel(null), null, { index: 0 })).toBeUndefined();
});

test('of a fallback template the words are the channel’s, whatever the turn says', () => {
  const template = { name: 'hello_again', language: 'en' };
  const named = { options: parse(channelOptionsSchema, { fallback_template: template }) };
  const delivery = { index: 0, fallback_for: 'rep_1' };
  expect(replyBehind(named, null, delivery)).toEqual({ type: 'template', ...template });
  expect(replyBehind(channel('Sorry'), null, delivery)).toBeUndefined();
});

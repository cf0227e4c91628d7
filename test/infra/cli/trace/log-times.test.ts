import { expect, test } from 'vitest';
import type { LogQuestion } from '../../../../infra/cli/log/log-line.ts';
import { nextCommandIn } from '../../../../infra/cli/next-command.ts';
import { tellStories } from '../../../../infra/cli/trace/gather-trace.ts';
import type {
  Story,
  TraceAnswer,
  TracedReply,
  TracedTurn,
} from '../../../../shared/contract/trace-answer.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const now = Date.now();
const daysAgo = (ms: number): number => Math.max(Math.round((now - ms) / DAY_MS), 0);
const days = (ago: number): string => new Date(now - ago * DAY_MS).toISOString();

const turn: TracedTurn = {
  ...{ event_id: 'evt_1', begun_at: days(6), ended_at: days(6), attempts: 6, timeouts: 0 },
  ...{ outcome: 'failed', code: 'agent-unavailable', replies: 0 },
  ...{ redriven_at: [], merged_into: null, waits_for_more: false },
};
const part: TracedReply['parts'][number] = {
  ...{ status: 'waiting', at: days(6), code: null, reason: null },
  ...{ attempts: 1, retry_at: null, message_id: null },
};
const reply: TracedReply = {
  ...{ reply_id: 'rep_1', instead_of: null, accepted_at: days(6), queued: false },
  ...{ parts: [part], notes: [], told: [] },
};
const answer: TraceAnswer = {
  channel: { id: 'ch_1', title: 'A', active: true, waiting: null, held: null, blocked: null },
  ...{ chat: null, stories: [], dead_letters: [] },
};

/** Which days before now the log is asked about, for a story of six days ago. */
async function asked(more: Partial<Story>): Promise<{ from: number; until: number }> {
  const questions: LogQuestion[] = [];
  const readLog = async (question: LogQuestion) => {
    questions.push(question);
    return { lines: [], missing: [] };
  };
  const stories = [{ trace_id: 'evt_1', turns: [turn], replies: [], ...more }];
  await tellStories({ readLog, next: nextCommandIn([]) }, [{ answer, stories, isKnown: true }]);
  const [{ from, until } = expect.fail('the log is asked')] = questions;
  return { from: daysAgo(from), until: daysAgo(until) };
}

const redriven = { ...turn, redriven_at: [days(2)], ended_at: null };

// biome-ignore format: a table reads by column
test.each([
  { what: 'is over',                           more: {},                                                        until: 6 },
  { what: 'was redriven and lost again',       more: { turns: [{ ...redriven, ended_at: days(1) }] },           until: 1 },
  { what: 'was redriven and goes on',          more: { turns: [redriven] },                                     until: 0 },
  { what: 'waits for the provider',            more: { replies: [reply] },                                      until: 0 },
  { what: 'is queued',                         more: { replies: [{ ...reply, queued: true, parts: [] }] },      until: 0 },
  { what: 'has arrived',                       more: { replies: [{ ...reply, parts: [{ ...part, status: 'read', at: days(3) }] }] }, until: 3 },
])('of a story that $what the log is asked about the day before it until $until days ago', async ({ more, until }) => {
  expect(await asked(more)).toEqual({ from: 7, until });
});

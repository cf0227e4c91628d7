import {
  type Story,
  type TraceAnswer,
  traceAnswerSchema,
} from '../../../shared/contract/trace-answer.ts';
import { messageEventId } from '../../../shared/rules/agent-event/event-id.ts';
import { traceSubject } from '../../../shared/rules/trace/trace-subject.ts';
import { answerOf } from '../answer-of.ts';
import type { Call } from '../command.ts';
import type { LogFound, LogLine } from '../log/log-line.ts';
import { isAbout } from '../log/log-line.ts';
import type { Outcome } from '../outcome.ts';
import { replyNames, type TraceStep } from './trace-step.ts';
import { whatIsWaitedFor } from './what-is-waited-for.ts';
import { wordsOfLine } from './words-of-line.ts';
import { wordsOfTable } from './words-of-table.ts';

/** A story as it is shown. */
export interface ToldStory {
  trace_id: string;
  steps: TraceStep[];
  /** What is waited for now. */
  waits_for: string[];
}

/** What one channel knows. */
export interface ToldChannel extends Pick<TraceAnswer, 'channel' | 'chat'> {
  stories: ToldStory[];
  /** Sentences about what could not be learnt. */
  missing: string[];
}

const MINUTE_MS = 60_000;
/** As long as the log keeps its lines: infra/constructs/channel-function.ts. */
const LOG_KEPT_MS = 30 * 24 * 60 * MINUTE_MS;

/** The stories of one channel from its table and its log; null: neither knows anything. */
export async function gatherTrace(
  { ask, readLog }: Pick<Call, 'ask' | 'readLog'>,
  channelId: string,
  of: string,
): Promise<ToldChannel | null | Outcome> {
  const path = `/${encodeURIComponent(channelId)}/trace?${new URLSearchParams({ of })}`;
  const asked = answerOf(await ask({ method: 'GET', path }), traceAnswerSchema);
  if (!('answered' in asked)) return asked;
  const answer = asked.answered;
  const subject = traceSubject(of);
  const guess = subject?.kind === 'message' ? messageEventId(channelId, subject.id) : of.trim();
  const isNamed = subject && ['turn', 'reply', 'message'].includes(subject.kind);
  const empty: Story = { trace_id: guess, turns: [], replies: [] };
  const stories = answer.stories.length > 0 ? answer.stories : isNamed ? [empty] : [];
  if (stories.length === 0) return answer.chat ? { ...answer, stories: [], missing: [] } : null;
  const ids = [...new Set(stories.flatMap(idsOf))];
  const log = await readLog({ ids, ...timesOf(stories) });
  const told = stories.map((story) => tell(answer, story, log.lines));
  const isKnown = (story: Story) => story.turns.length + story.replies.length > 0;
  if (!stories.some(isKnown) && log.lines.length === 0 && log.missing.length === 0) return null;
  const { channel, chat } = answer;
  return { channel, chat, stories: told, missing: missingIn(stories.every(isKnown), log) };
}

const idsOf = ({ trace_id, turns }: Story): string[] => [
  trace_id,
  ...turns.map(({ event_id }) => event_id),
];

/** From before the first to well after the last thing that the table knows of; of what it does not know, all. */
function timesOf(stories: Story[]): { from: number; until: number } {
  const now = Date.now();
  const times = stories.flatMap(({ turns, replies }) => [
    ...turns.flatMap(({ begun_at, ended_at }) => [begun_at, ended_at ?? begun_at]),
    ...replies.flatMap(({ accepted_at, parts }) => [accepted_at, ...parts.map(({ at }) => at)]),
  ]);
  const known = times.flatMap((time) => (time ? Date.parse(time) : []));
  const isWhole = stories.every(({ turns }) => turns.length > 0);
  if (known.length === 0 || !isWhole) return { from: now - LOG_KEPT_MS, until: now };
  const [first, last] = [Math.min(...known), Math.max(...known)];
  return { from: first - 10 * MINUTE_MS, until: Math.min(last + 60 * MINUTE_MS, now) };
}

function tell(answer: TraceAnswer, story: Story, all: LogLine[]): ToldStory {
  const names = replyNames(story.replies);
  const lines = all.filter((line) => isAbout(line, idsOf(story)));
  const ids = new Set([...idsOf(story), ...story.replies.map(({ reply_id }) => reply_id)]);
  const letters = answer.dead_letters.filter(
    ({ event_id, reply_id }) => ids.has(event_id ?? '') || ids.has(reply_id ?? ''),
  );
  const steps = [
    ...lines.map((line) => wordsOfLine(line, names)),
    ...wordsOfTable(story, letters, { lines, names }),
  ].toSorted((a, b) => a.at.localeCompare(b.at));
  return { trace_id: story.trace_id, steps, waits_for: whatIsWaitedFor(answer, story, names) };
}

function missingIn(isKnown: boolean, { lines, missing }: LogFound): string[] {
  return [
    ...missing,
    ...(lines.length === 0 && missing.length === 0
      ? [
          'The log has no line of it (it is kept for 30 days; locally, that of the newest 500 messages): this is what the table knows.',
        ]
      : []),
    ...(isKnown
      ? []
      : [
          'The table knows nothing of it (turns are kept for 8 days, replies for 14, and what is erased is gone), or its time has not come: a message in the queue is not in the table yet.',
        ]),
  ];
}

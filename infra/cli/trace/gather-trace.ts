import type { LetterSummary } from '../../../shared/contract/letter-view.ts';
import {
  type Story,
  type TraceAnswer,
  traceAnswerSchema,
} from '../../../shared/contract/trace-answer.ts';
import { messageEventId } from '../../../shared/rules/agent-event/event-id.ts';
import { type TraceSubject, traceSubject } from '../../../shared/rules/trace/trace-subject.ts';
import { answerOf } from '../answer-of.ts';
import type { Call } from '../command.ts';
import type { LogFound, LogLine } from '../log/log-line.ts';
import { isAbout } from '../log/log-line.ts';
import type { NextCommand } from '../next-command.ts';
import type { Outcome } from '../outcome.ts';
import { replyNames, type TraceStep } from './trace-step.ts';
import { OURS, whatIsWaitedFor } from './what-is-waited-for.ts';
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
  /** What else of the visitor was given up, in older stories, with the command that shows it. */
  older_dead_letters: string[];
  /** Sentences about what could not be learnt. */
  missing: string[];
}

/** What the table knows of one channel's stories. */
export interface TableStories {
  answer: TraceAnswer;
  /** Those to be told; of one that only the log may know, its id. */
  stories: Story[];
  /** The table itself knows the chat or one of the stories. */
  isKnown: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** As long as the log keeps its lines: infra/constructs/channel-function.ts. */
const LOG_KEPT_MS = 30 * DAY_MS;

/** Asks the table of one channel. */
export async function askTable(
  ask: Call['ask'],
  channelId: string,
  of: string,
): Promise<TableStories | Outcome> {
  const path = `/${encodeURIComponent(channelId)}/trace?${new URLSearchParams({ of })}`;
  const asked = answerOf(await ask({ method: 'GET', path }), traceAnswerSchema);
  if (!('answered' in asked)) return asked;
  const answer = asked.answered;
  const subject = traceSubject(of);
  const stories = answer.stories.length > 0 ? answer.stories : unseen(channelId, subject);
  return { answer, stories, isKnown: answer.chat !== null || stories.some(isInTable) };
}

/** The story that only the log may know, where one is named. */
function unseen(channelId: string, subject: TraceSubject | null): Story[] {
  if (!subject || 'value' in subject || subject.kind === 'chat') return [];
  const { kind, id } = subject;
  const traceId = kind === 'message' ? messageEventId(channelId, id) : id;
  return [{ trace_id: traceId, turns: [], replies: [] }];
}

const isInTable = ({ turns, replies }: Story): boolean => turns.length + replies.length > 0;

/** Tells the stories of these channels, with one look at the log for all of them. */
export async function tellStories(
  { readLog, next }: Pick<Call, 'readLog' | 'next'>,
  tables: TableStories[],
): Promise<ToldChannel[]> {
  const all = tables.flatMap(({ stories }) => stories);
  const ids = [...new Set(all.flatMap(idsOf))];
  const log = ids.length === 0 ? null : await readLog({ ids, ...timesOf(all) });
  return tables.map(({ answer, stories }) => {
    const { channel, chat } = answer;
    const mine = stories.flatMap(idsOf);
    const lines = (log?.lines ?? []).filter(
      (line) => isAbout(line, mine) && (line.facts.channel_id ?? channel.id) === channel.id,
    );
    const told = stories.map((story) => tell(answer, story, { lines, next }));
    const found = { lines, missing: log?.missing ?? [] };
    const missing = stories.length === 0 ? [] : missingIn(stories, found);
    const isTold = new Set(stories.flatMap((story) => lettersOf(answer, story)));
    const older = answer.dead_letters
      .filter((letter) => !isTold.has(letter))
      .map((letter) => letterLine(letter, next));
    return { channel, chat, stories: told, older_dead_letters: older, missing };
  });
}

const idsOf = ({ trace_id, turns }: Story): string[] => [
  trace_id,
  ...turns.map(({ event_id }) => event_id),
];

/**
 * From a day before the first thing that the table knows of, because a message may have waited in its queue, to
 * well after the last, or to now while something goes on; of what it does not know, all.
 */
function timesOf(stories: Story[]): { from: number; until: number } {
  const now = Date.now();
  const times = stories.flatMap(({ turns, replies }) => [
    ...turns.flatMap(({ begun_at, ended_at, redriven_at }) => [begun_at, ended_at, ...redriven_at]),
    ...replies.flatMap(({ accepted_at, parts }) => [accepted_at, ...parts.map(({ at }) => at)]),
  ]);
  const known = times.flatMap((time) => (time ? Date.parse(time) : []));
  const isWhole = stories.every(({ turns }) => turns.length > 0);
  if (known.length === 0 || !isWhole) return { from: now - LOG_KEPT_MS, until: now };
  const [first, last] = [Math.min(...known), Math.max(...known)];
  return {
    from: first - DAY_MS,
    until: stories.some(goesOn) ? now : Math.min(last + HOUR_MS, now),
  };
}

const goesOn = ({ turns, replies }: Story): boolean =>
  turns.some(({ ended_at }) => ended_at === null) ||
  replies.some(({ queued, parts }) => queued || parts.some(({ status }) => OURS.has(status)));

function tell(
  answer: TraceAnswer,
  story: Story,
  { lines: all, next }: { lines: LogLine[]; next: NextCommand },
): ToldStory {
  const names = replyNames(story.replies);
  const lines = all.filter((line) => isAbout(line, idsOf(story)));
  const steps = [
    ...lines.map((line) => wordsOfLine(line, names)),
    ...wordsOfTable(story, lettersOf(answer, story), { lines, names }),
  ].toSorted((a, b) => a.at.localeCompare(b.at));
  const waits = whatIsWaitedFor(answer, story, { names, next });
  return { trace_id: story.trace_id, steps, waits_for: waits };
}

function lettersOf({ dead_letters: letters }: TraceAnswer, story: Story): LetterSummary[] {
  const ids = new Set([...idsOf(story), ...story.replies.map(({ reply_id }) => reply_id)]);
  return letters.filter(
    ({ event_id, reply_id }) => ids.has(event_id ?? '') || ids.has(reply_id ?? ''),
  );
}

const letterLine = ({ at, about, code, id }: LetterSummary, next: NextCommand): string =>
  `${at} ${about ?? 'unreadable'} (${code}): ${next('dead-letters', 'show', id)}`;

function missingIn(stories: Story[], { lines, missing }: LogFound): string[] {
  const isErased = stories.some(({ turns }) => turns.some(({ outcome }) => outcome === 'erased'));
  return [
    ...missing,
    ...(lines.length === 0 && missing.length === 0
      ? [
          'The log has no line of it (it is kept for 30 days; locally, that of the newest 500 messages): this is what the table knows.',
        ]
      : []),
    ...(isErased ? ['The chat was erased since: the table keeps no reply of it.'] : []),
    ...(stories.every(isInTable)
      ? []
      : [
          'The table knows nothing of it (turns are kept for 8 days, replies for 14, and what is erased is gone), or its time has not come: a message in the queue is not in the table yet.',
        ]),
  ];
}

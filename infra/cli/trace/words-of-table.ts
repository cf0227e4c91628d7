import type { LetterSummary } from '../../../shared/contract/letter-view.ts';
import type { Story, TracedReply, TracedTurn } from '../../../shared/contract/trace-answer.ts';
import type { LogLine } from '../log/log-line.ts';
import { because, counted, type ReplyNames, type TraceStep } from './trace-step.ts';
import { OUTCOMES } from './words-of-line.ts';

/** What the table knows of a story and no line of the log has said. */
export function wordsOfTable(
  { turns, replies }: Story,
  letters: LetterSummary[],
  { lines, names }: { lines: LogLine[]; names: ReplyNames },
): TraceStep[] {
  const said = (fits: (line: LogLine) => boolean) => lines.some(fits);
  return [
    ...turns.flatMap((turn) => stepsOfTurn(turn, said)),
    ...replies.flatMap((reply) => stepsOfReply(reply, said, names)),
    ...letters.map((letter) => letterStep(letter, { turns, replies, lines })),
  ];
}

type Said = (fits: (line: LogLine) => boolean) => boolean;

function stepsOfTurn(turn: TracedTurn, said: Said): TraceStep[] {
  const { event_id, begun_at, ended_at, attempts, outcome, code, replies, redriven_at } = turn;
  const isRequest = event_id.startsWith('req_');
  const room = isRequest ? 'requests' : 'worker';
  const begun = isRequest
    ? `a caller’s request ${event_id} was accepted`
    : `the worker began the turn ${event_id}`;
  const ended = `the turn ended: ${OUTCOMES[outcome ?? ''] ?? outcome}${because(code)}${replies > 0 ? `, ${counted(replies, 'reply', 'replies')}` : ''}`;
  // Each time it was redriven the log has an end before this one; of an erased chat it never has this one.
  const isToldEnd = said(
    ({ name, facts }) =>
      name === 'turn-settled' && isOf(facts, event_id) && facts.outcome === outcome,
  );
  const isToldBegin = isRequest && said(({ name }) => name.endsWith('-accepted'));
  return [
    ...(isToldBegin ? [] : [step(begun_at, room, begun)]),
    ...redriven_at.map((at) =>
      step(at, 'operator', 'the turn was redriven: its agent is asked anew'),
    ),
    ...(isRequest || isToldEnd || ended_at === null
      ? []
      : [step(ended_at, room, ended, attempts > 1 ? attempts : null)]),
  ];
}

const isOf = ({ event_id, trace_id }: Record<string, unknown>, id: string) =>
  event_id === id || trace_id === id;

function stepsOfReply(reply: TracedReply, said: Said, names: ReplyNames): TraceStep[] {
  const { reply_id, instead_of, accepted_at, parts, notes, told } = reply;
  const what = instead_of ? `the fallback template for ${names(instead_of)}` : names(reply_id);
  const changed = notes.length > 0 ? `; changed on the way: ${notes.join(', ')}` : '';
  const steps = [
    step(accepted_at, 'send', `${what} was accepted for sending: ${reply_id}${changed}`),
  ];
  for (const [at, part] of parts.entries()) {
    const isTold = said(
      ({ name, facts }) =>
        facts.reply_id === reply_id &&
        facts.part === at &&
        (facts.status === part.status ||
          (name === 'part-attempted' && facts.result === part.status)),
    );
    if (part.at === null || isTold) continue;
    const says = `${what}, message ${at + 1} of ${parts.length}: ${part.status}${because(part.code, part.reason)}`;
    steps.push(step(part.at, 'send', says, part.attempts > 1 ? part.attempts : null));
  }
  const last = parts
    .flatMap(({ at }) => at ?? [])
    .toSorted()
    .at(-1);
  if (
    told.length > 0 &&
    last &&
    !said(({ name, facts }) => name === 'event-heard' && facts.reply_id === reply_id)
  ) {
    steps.push(step(last, 'news', `the agent has heard of ${what}: ${told.join(', ')}`));
  }
  return steps;
}

/** A letter tells when its job came; it was given up no earlier than what it is about ended. */
function letterStep(
  { at, queue, code, why, id, event_id, reply_id }: LetterSummary,
  { turns, replies, lines }: Pick<Story, 'turns' | 'replies'> & { lines: LogLine[] },
): TraceStep {
  const ends = [
    ...turns.flatMap((turn) => (turn.event_id === event_id ? (turn.ended_at ?? []) : [])),
    ...replies
      .filter((reply) => reply.reply_id === reply_id)
      .flatMap(({ parts }) => parts.flatMap((part) => part.at ?? [])),
    ...lines
      .filter(({ name, facts }) => name === 'turn-lost' && event_id && isOf(facts, event_id))
      .map((line) => new Date(line.at).toISOString()),
  ];
  const last = [at, ...ends].toSorted().at(-1) ?? at;
  return step(last, queue, `given up: ${why} (${code}); dead letter ${id}`);
}

const step = (
  at: string,
  room: string,
  says: string,
  attempt: number | null = null,
): TraceStep => ({ at, room, attempt, says, source: 'table' });

import type { LogLine } from '../log/log-line.ts';
import { because, counted, type ReplyNames, type TraceStep } from './trace-step.ts';

type Facts = Record<string, unknown>;
type Words = (facts: Facts, names: ReplyNames) => string;

/** A line of the log as a person reads it. A line without words of its own shows its name and its ids and counts. */
export function wordsOfLine({ at, room, name, facts }: LogLine, names: ReplyNames): TraceStep {
  const words = WORDS[name];
  const { attempt } = facts;
  return {
    at: new Date(at).toISOString(),
    room,
    attempt: typeof attempt === 'number' && attempt > 1 ? attempt : null,
    says: words ? words(facts, names) : asItStands(name, facts),
    source: 'log',
  };
}

const WORDS: Record<string, Words> = {
  'webhook-received': ({ inbound, statuses }) =>
    `360dialog delivered a body: ${inbound} from people, ${counted(statuses, 'status', 'statuses')}`,
  'webhook-received-more': () => '360dialog delivered it in a body of many',
  'messages-accepted': ({ replies, repeat }) =>
    `a caller of the messages endpoint had ${counted(replies, 'reply', 'replies')} accepted${repeat ? ', again' : ''}`,
  'notification-accepted': ({ repeat }) =>
    `a caller had a notification accepted${repeat ? ', again' : ''}`,
  'incoming-request-accepted': () => 'a caller had an Incoming Request accepted',
  'burst-waits': ({ messages }) =>
    `the message waits for those that may follow it; ${messages} so far`,
  'agent-asked': ({ result, replies, reason, took_ms }) =>
    `the agent was asked: ${ANSWERS[String(result)] ?? result}${result === 'answered' ? `, ${counted(replies, 'reply', 'replies')}` : ''}, after ${took_ms} ms${because(reason)}`,
  'agent-asked-again': ({ reason, wait_ms }) =>
    `the agent is asked again in ${Number(wait_ms) / 1_000} s${because(reason)}`,
  'agent-answer-odd': ({ reason }) => `the answer was not understood${because(reason)}`,
  'turn-settled': ({ outcome, replies }) =>
    `the turn ended: ${OUTCOMES[String(outcome)] ?? outcome}; ${counted(replies, 'reply', 'replies')} queued`,
  'turn-lost': ({ code, reason }) => `the turn was lost${because(code, reason)}`,
  'part-attempted': ({ reply_id, part, result, code, took_ms }, names) =>
    `${names(reply_id)}, message ${Number(part) + 1}: 360dialog ${RESULTS[String(result)] ?? result}${because(code)}, after ${took_ms} ms`,
  'part-put-off': ({ reply_id, code, reason, wait_ms }, names) =>
    `${names(reply_id)} waits ${Number(wait_ms) / 1_000} s and is tried again${because(code, reason)}`,
  'part-ended': ({ reply_id, part, status, code, reason }, names) =>
    `${names(reply_id)}, message ${Number(part) + 1}: the sender is done, ${status}${because(code, reason)}`,
  'part-parked': ({ reply_id, code, reason }, names) =>
    `${names(reply_id)} was parked until the visitor writes${because(code, reason)}`,
  'part-released': ({ reply_id }, names) =>
    `${names(reply_id)} left the park: the visitor has written`,
  'status-recorded': ({ reply_id, part, status, code, reason }, names) =>
    `${names(reply_id)}, message ${Number(part) + 1}: WhatsApp says ${status}${because(code, reason)}`,
  'part-sent-again': ({ reply_id, code }, names) =>
    `${names(reply_id)} failed after it was accepted, and goes once more${because(code)}`,
  'file-sent-by-link': ({ step, reason }) =>
    `a file could not be sent as one, and its link goes instead${because(step, reason)}`,
  'fallback-template-sent': () => 'the fallback template was sent instead',
  'fallback-template-failed': ({ code }) =>
    `the fallback template could not be sent${because(code)}`,
  'window-refuted': () => 'WhatsApp said that the 24 hours are over, against our record',
  'event-heard': ({ event, status }) =>
    `the agent heard a ${event} event${status ? `: ${status}` : ''}`,
  'event-unheard': ({ event, status, reason }) =>
    `the agent did not take a ${event} event${status ? `: ${status}` : ''}, and is not told again${because(reason)}`,
  'event-put-off': ({ event, wait_ms }) =>
    `the agent fails or is busy: a ${event} event waits ${Number(wait_ms) / 1_000} s`,
  'notification-decided': ({ result, final }) =>
    `the notification has its result: ${result}${final ? '' : ', not the last word'}`,
  'turn-held': () => 'the channel was held when its turn came: the agent was not asked',
  'far-side-failing': ({ side }) =>
    `five calls in a row to the ${side} failed: the channel’s jobs wait until it answers`,
  'far-side-answers': ({ side }) => `the ${side} answers again: the channel’s jobs go on`,
  'chat-limited': () => 'the chat had too many turns in an hour: the agent was not asked',
  'job-given-up': ({ queue, code, letter_id }) =>
    `the job of the queue ${queue} was given up${because(code)}: dead letter ${letter_id}`,
  'dead-letter-redriven': ({ code }) => `an operator had it done again${because(code)}`,
  'channel-blocked': ({ code }) => `360dialog refuses everything of the channel${because(code)}`,
  'dependency-unavailable': ({ what }) => `${what ?? 'something of AWS'} did not answer in time`,
  'unexpected-error': ({ error }) => `a fault of ours: ${errorOf(error)}`,
  'reply-dropped': ({ reason }) => `a reply was dropped${because(reason)}`,
};

const ANSWERS: Record<string, string> = {
  answered: 'it answered',
  'answered-without-replies': 'it answered without replies',
  later: 'it will answer later',
  unavailable: 'it could not answer',
  timeout: 'no answer in time',
  refused: 'its answer cannot be used',
};

/** How a turn ended, by the kind of its outcome. */
export const OUTCOMES: Record<string, string> = {
  answered: 'the agent answered',
  later: 'the agent answers later, through the messages endpoint',
  told: 'the agent was told',
  paused: 'the agent was not asked, because a person has the chat or the channel is held',
  limited: 'the agent was not asked, because the chat had too many turns in an hour',
  merged: 'a newer message is answered for this one too',
  failed: 'it was given up',
  erased: 'the chat was erased',
};

const RESULTS: Record<string, string> = {
  accepted: 'accepted it',
  refused: 'refused it',
  'not-sent': 'could not be reached',
  unknown: 'did not say whether it took it',
};

/** Ids that stand above the story, or say nothing to a person. */
const LEFT_OUT = new Set(['trace_id', 'trace_ids', 'channel_id', 'chat_id', 'attempt', 'route']);

function asItStands(name: string, facts: Facts): string {
  const shown = Object.entries(facts).flatMap(([key, value]) => {
    if (LEFT_OUT.has(key) || value === null || value === undefined) return [];
    return [`${key} ${typeof value === 'object' ? errorOf(value) : String(value)}`];
  });
  return shown.length > 0 ? `${name} (${shown.join(', ')})` : name;
}

function errorOf(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown };
  return name === undefined ? JSON.stringify(error) : `${String(name)}: ${String(message)}`;
}

/** The lines of the log that have words of their own. */
export const LINES_WITH_WORDS: string[] = Object.keys(WORDS);

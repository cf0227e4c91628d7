import { UPLOAD_STEPS } from '../../../shared/contract/upload-step.ts';
import { LOGGER_FIELDS } from '../../log-fields.ts';
import { DEGRADED_WORDS } from './degraded-words.ts';
import { LostTurns } from './lost-turns.ts';

const LOUD = new Set(['WARN', 'ERROR', 'CRITICAL']);

/** What a person at the terminal does not need; an error is told in words. */
const NOISE = new Set<string>([...LOGGER_FIELDS, 'error']);

/**
 * A function's line of output as a person reads it. Null for all but warnings, how the agent
 * answered, what became of replies that did not go as they were meant, files that were refused, and
 * what is not JSON on stderr. With `verbose` every line, as it was written.
 */
export function logLine(
  name: string,
  stream: 'stdout' | 'stderr',
  line: string,
  { verbose = false, lostTurns = new LostTurns() } = {},
): string | null {
  if (verbose) return `${name}  ${line}`;
  const entry = parsed(line);
  if (!entry) return stream === 'stderr' && line.trim() ? `${name}  ${line}` : null;
  const sentence = SENTENCES[String(entry.message)];
  if (sentence) return sentence(entry, lostTurns);
  if (!LOUD.has(String(entry.level))) return null;
  const facts = Object.entries(entry)
    .filter(([key]) => !NOISE.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [`${name}  ${entry.level} ${entry.message}`, ...causeOf(entry.error), ...facts].join('  ');
}

type Entry = Record<string, unknown>;

/** What the developer of an agent waits for, in words. */
const SENTENCES: Record<string, (entry: Entry, lostTurns: LostTurns) => string | null> = {
  // Why it failed is told by the line that says what follows from that.
  'agent-asked': ({ result, replies, took_ms }, lostTurns) => {
    if (result === 'answered' || result === 'later') lostTurns.forget();
    const how = result === 'answered' ? `answered, replies: ${replies}` : ANSWERS[String(result)];
    return `agent asked: ${how ?? result} after ${took_ms} ms`;
  },
  'agent-answer-odd': ({ reason }) => `agent: ${reason}`,
  'agent-asked-again': ({ chat_id, reason, attempt, wait_ms }) =>
    `agent did not answer${because(reason)}; ${chat(chat_id)} waits, attempt ${Number(attempt) + 1} in ${Number(wait_ms) / 1000} s`,
  'turn-lost': (entry, lostTurns) =>
    `agent failed for good${lostTurns.why(entry)}; the message of ${chat(entry.chat_id)} stays unanswered`,
  'event-unheard': ({ event, status, chat_id, reason }) =>
    `agent did not take ${eventOf({ event, status })}${because(reason)}; ${chat(chat_id)}; it is not told again`,
  'event-put-off': ({ event, status, chat_id, wait_ms }) =>
    `agent is not told of ${eventOf({ event, status })} now, because it fails or is busy; ${chat(chat_id)} waits for that, again in ${Number(wait_ms) / 1000} s`,
  'channel-warning': ({ route, channel_id, code }) => `${route}: ${code}, channel ${channel_id}`,
  'file-sent-by-link': ({ step, reason, reply_id }) =>
    `${nameOf(reply_id)}goes with its file’s link: ${steps[String(step)] ?? step}${because(reason)}`,
  'part-ended': (entry) => (entry.status === 'accepted' ? null : endOf(entry)),
  'part-parked': endOf,
  'status-recorded': (entry) => (entry.status === 'failed' ? endOf(entry) : null),
  // Calls of a route are told with the reason that the caller got, by the endpoint's answer.
  'request-refused': ({ route, code }) =>
    route === undefined ? `GET /media refused: ${code}` : null,
};

const ANSWERS: Record<string, string> = {
  'answered-without-replies': 'answered, but without replies,',
  later: 'it will answer later,',
  unavailable: 'it could not answer,',
  timeout: 'no answer in time,',
  refused: 'its answer cannot be used,',
};

const steps: Record<string, string> = UPLOAD_STEPS;
const degraded: Record<string, string> = DEGRADED_WORDS;

function endOf({ status, code, reason, reply_id, chat_id }: Entry): string {
  return `${nameOf(reply_id)}${status}${code ? `, ${code}` : ''}${because(reason ?? degraded[String(code)])}${chat_id ? `; ${chat(chat_id)}` : ''}`;
}

const nameOf = (id: unknown): string =>
  typeof id === 'string' ? `reply ${id.slice(0, 12)}… ` : 'reply ';
const eventOf = ({ event, status }: Entry): string =>
  `a ${event} event${status ? ` (${status})` : ''}`;
const because = (reason: unknown): string =>
  typeof reason === 'string' && reason !== '' ? `: ${reason}` : '';
const chat = (id: unknown): string => `chat ${String(id).slice(0, 8)}…`;

function causeOf(error: unknown): string[] {
  if (typeof error === 'string') return [`error=${error}`];
  if (typeof error !== 'object' || error === null) return [];
  const { name, message } = error as { name?: string; message?: string };
  return [`${name ?? 'Error'}: ${message ?? ''}`];
}

function parsed(line: string): Entry | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

import { LOGGER_FIELDS } from '../../log-fields.ts';

/** A line of a function's log. */
export interface LogLine {
  /** Epoch milliseconds. */
  at: number;
  /** The function that wrote it. */
  room: string;
  /** The event, in kebab-case. */
  name: string;
  level: string;
  facts: Record<string, unknown>;
}

/** Lines that are looked for: those that name one of these ids, from one time to another. */
export interface LogQuestion {
  ids: string[];
  from: number;
  until: number;
}

/** What the log says, and in a sentence each what of it could not be read. */
export interface LogFound {
  lines: LogLine[];
  missing: string[];
}

/** What the logger and API Gateway add to every line. */
const NOISE = new Set<string>([...LOGGER_FIELDS, 'request_id']);

/** Reads a line as a function writes it; null: it is none of ours. */
export function readLogLine(entry: Record<string, unknown>, room: string): LogLine | null {
  const { timestamp, message, level } = entry;
  const at = Date.parse(String(timestamp));
  if (Number.isNaN(at) || typeof message !== 'string') return null;
  const facts = Object.entries(entry).filter(([name]) => !NOISE.has(name));
  return { at, room, name: message, level: String(level), facts: Object.fromEntries(facts) };
}

/** Whether a line is about one of these stories: it stands under its id, or names it among others. */
export function isAbout({ facts }: LogLine, ids: string[]): boolean {
  const named = [facts.trace_id, facts.trace_ids, facts.event_id, facts.reply_id].flat();
  return ids.some((id) => named.includes(id));
}

import type { LogEntry } from './trail.ts';

/** What Powertools adds to every line. */
const NOISE = new Set([
  'level',
  'message',
  'service',
  'timestamp',
  'sampling_rate',
  'request_id',
  'cold_start',
]);

/** A line of a function's log as the inspector shows it, with the runtime's time: its own is the machine's. */
export const logEntry = (entry: Record<string, unknown>, at: number): LogEntry => ({
  at,
  name: String(entry.message),
  level: String(entry.level),
  facts: Object.fromEntries(Object.entries(entry).filter(([name]) => !NOISE.has(name))),
});

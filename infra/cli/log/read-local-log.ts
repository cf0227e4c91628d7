import type { InspectorState, Trail } from '../../local/inspector/trail.ts';
import { fetchFault } from '../fetch-fault.ts';
import { isAbout, type LogFound, type LogLine, type LogQuestion } from './log-line.ts';

const TIMEOUT_MS = 10_000;

/** Which function writes a step's lines; the inspector calls the endpoints of callers by what they are. */
const ROOMS: Record<string, string> = { endpoint: 'requests' };

/**
 * What the functions of the local runtime wrote of these stories. Its inspector keeps the ways of the newest 500
 * messages, with `--data` over a restart.
 */
export async function readLocalLog(url: string, { ids }: LogQuestion): Promise<LogFound> {
  const lines = new Map<string, LogLine>();
  try {
    if (!(await get<InspectorState>(`${url}/sandbox/inspector/state`))) {
      return { lines: [], missing: ['The runtime keeps no log of messages.'] };
    }
    for (const id of ids) {
      const trail = await get<Trail>(`${url}/sandbox/inspector/trails/${encodeURIComponent(id)}`);
      for (const { kind, log } of trail?.steps ?? []) {
        for (const { at, name, level, facts } of log) {
          const line = { at, room: ROOMS[kind] ?? kind, name, level, facts };
          if (isAbout(line, ids)) lines.set(JSON.stringify(line), line);
        }
      }
    }
  } catch (error) {
    return { lines: [], missing: [`The log cannot be read (${fetchFault(error)}).`] };
  }
  return { lines: [...lines.values()], missing: [] };
}

/** Null: there is no such thing. */
async function get<Answer>(url: string): Promise<Answer | null> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  return answer.ok ? ((await answer.json()) as Answer) : null;
}

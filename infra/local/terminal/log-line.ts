const LOUD = new Set(['WARN', 'ERROR', 'CRITICAL']);

/** Fields that Powertools adds to every line and a person at the terminal does not need. */
const NOISE = new Set([
  'level',
  'message',
  'service',
  'timestamp',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'sampling_rate',
  'xray_trace_id',
  'error',
]);

/**
 * A function's line of output as a person reads it. Null for all but warnings, how the agent
 * answered, and what is not JSON on stderr. With `verbose` every line, as it was written.
 */
export function logLine(
  name: string,
  stream: 'stdout' | 'stderr',
  line: string,
  { verbose = false } = {},
): string | null {
  if (verbose) return `${name}  ${line}`;
  const entry = parsed(line);
  if (!entry) return stream === 'stderr' && line.trim() ? `${name}  ${line}` : null;
  if (entry.message === 'agent-asked') {
    return `agent asked: ${entry.result} after ${entry.took_ms} ms`;
  }
  if (!LOUD.has(String(entry.level))) return null;
  const facts = Object.entries(entry)
    .filter(([key]) => !NOISE.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [`${name}  ${entry.level} ${entry.message}`, ...causeOf(entry.error), ...facts].join('  ');
}

function causeOf(error: unknown): string[] {
  if (typeof error === 'string') return [`error=${error}`];
  if (typeof error !== 'object' || error === null) return [];
  const { name, message } = error as { name?: string; message?: string };
  return [`${name ?? 'Error'}: ${message ?? ''}`];
}

function parsed(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

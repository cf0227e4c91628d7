import { beforeAll, vi } from 'vitest';
import { log } from '../../shared/kernel/log.ts';

/** Keeps what the tests of a file log, instead of writing it. Returns all of it, as one string. */
export function keepLog(): () => string {
  const lines: string[] = [];
  const spelled = (_: string, value: unknown) =>
    value instanceof Error ? String(value.stack) : value;
  beforeAll(() => {
    for (const level of ['info', 'warn', 'error'] as const) {
      vi.spyOn(log, level).mockImplementation((...said: unknown[]) => {
        lines.push(JSON.stringify(said, spelled));
      });
    }
  });
  return () => lines.join('\n');
}

import type { OutputLine } from '../../infra/local/lambda/start-lambda.ts';
import { type LocalOptions, type LocalRuntime, startLocal } from '../../infra/local/runtime.ts';
import { until } from './runtime-until.ts';

export interface TestRuntime extends LocalRuntime {
  /** Everything the functions have written, in order. */
  output: OutputLine[];
  /** The lines that `npm start` would have printed. */
  lines: string[];
  /** Resolves to the first log line that fits, once there is one. */
  logged(fits: (entry: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
}

/** Starts the local runtime on a free port; by default in memory and without the demo channel. */
export async function startRuntime(options: Partial<LocalOptions> = {}): Promise<TestRuntime> {
  const output: OutputLine[] = [];
  const lines: string[] = [];
  const runtime = await startLocal({
    port: 0,
    data: 'memory',
    demo: false,
    ...options,
    onLine: (line) => lines.push(line),
    onOutput: (line) => output.push(line),
  });
  const entries = () =>
    output.flatMap(({ line }) =>
      line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : [],
    );
  return {
    ...runtime,
    output,
    lines,
    logged: (fits) => until(() => entries().find(fits)),
  };
}

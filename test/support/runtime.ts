import type { OutputLine } from '../../infra/local/lambda/start-lambda.ts';
import { type LocalOptions, type LocalRuntime, startLocal } from '../../infra/local/runtime.ts';
import { until } from './runtime-until.ts';

export interface TestRuntime extends LocalRuntime {
  /** Everything the functions have written, in order. */
  output: OutputLine[];
  /** What a person would have read at the terminal. */
  lines: string[];
  /** Resolves with the first line of JSON that fits, once there is one. */
  logged(fits: (entry: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
}

/** The whole product on a free port, in memory and without the demo unless said otherwise. */
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

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import type { Journey } from './journey.ts';
import { editChannel } from './journey-visitor.ts';
import { until } from './runtime-until.ts';

const PAGE = join(import.meta.dirname, '../../docs/agents/recipes.md');

/** The programs of docs/agents/recipes.md as they stand there, in a folder of their own. */
export interface Recipes {
  names: string[];
  /** The journey's channel gets this program as its agent. */
  start(name: string): Promise<void>;
  /** Runs a program to its end. Resolves to its exit code. */
  run(name: string, ...words: string[]): Promise<number | null>;
  /** What the programs have printed. */
  printed(): string;
  stop(): void;
}

export function openRecipes(journey: Journey): Recipes {
  const folder = mkdtempSync(join(tmpdir(), 'recipes-'));
  const text = readFileSync(PAGE, 'utf8');
  const programs = [...text.matchAll(/^```js\n(\/\/ ([a-z]+\.mjs)[\s\S]*?)^```$/gm)];
  const names = programs.map(([, program = '', name = '']) => {
    writeFileSync(join(folder, name), program);
    return name;
  });
  const started: ChildProcess[] = [];
  let printed = '';
  const { agentSecret: AGENT_SECRET, apiKey: API_KEY } = journey.channel;
  const begin = (name: string, words: string[], more: Record<string, string> = {}) => {
    const { PATH = '' } = process.env;
    const env = { PATH, AGENT_SECRET, API_KEY, API_URL: journey.runtime.url, ...more };
    const program = spawn(process.execPath, [join(folder, name), ...words], { env });
    started.push(program);
    for (const stream of [program.stdout, program.stderr]) {
      stream.on('data', (chunk) => {
        printed += chunk;
      });
    }
    return program;
  };
  return {
    names,
    start: async (name) => {
      const { port, close } = await listenOnLoopback((_, response) => response.end());
      await close();
      begin(name, [], { PORT: String(port) });
      const url = `http://127.0.0.1:${port}`;
      const answers = () =>
        fetch(url).then(
          ({ status }) => status === 401,
          () => false,
        );
      await until(answers, { what: name });
      await editChannel(journey, { agent: { url } });
    },
    run: (name, ...words) =>
      new Promise((resolve) => {
        begin(name, words).on('close', resolve);
      }),
    printed: () => printed,
    stop: () => {
      for (const program of started) program.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}

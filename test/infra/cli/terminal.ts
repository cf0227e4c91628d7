import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Terminal } from '../../../infra/cli/command.ts';
import { runCommandLine } from '../../../infra/cli/run-command-line.ts';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A terminal of a person, or the pipe of a program: what is typed there, and what it shows. */
export function openTerminal({ isTTY = false, env = {} as Terminal['env'] } = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => {} });
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const shown = { stdout: '', stderr: '' };
  stdout.on('data', (chunk) => {
    shown.stdout += chunk;
  });
  stderr.on('data', (chunk) => {
    shown.stderr += chunk;
  });
  const signals = new EventEmitter();
  const once: Terminal['once'] = (signal, stop) => signals.once(signal, stop);
  /** Ctrl-C. */
  const interrupt = () => signals.emit('SIGINT');
  return { stdin, stdout, stderr, env, shown, once, interrupt };
}

/** Runs one command line, with `input` on standard input. */
export async function type(
  line: string[],
  { input = '', env = {} }: { input?: string; env?: Terminal['env'] } = {},
): Promise<Ended> {
  const terminal = openTerminal({ env });
  terminal.stdin.end(input);
  const code = await runCommandLine(line, terminal);
  return { code, ...terminal.shown };
}

/** The command lines that a command has printed for its reader to go on with, each as its words. */
export const printedCommands = (text: string): string[][] =>
  [...text.matchAll(/npx dialog360-channel (.+)$/gm)].map(([, words = '']) => words.split(' '));

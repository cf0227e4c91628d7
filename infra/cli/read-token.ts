import { text } from 'node:stream/consumers';
import { askPerson } from './ask-person.ts';
import type { Terminal } from './command.ts';
import { type Outcome, wrongUsage } from './outcome.ts';

/**
 * The 360dialog API key: asked for at a terminal, else all of standard input. Never an argument,
 * because the shell's history and the machine's list of processes would show it.
 */
export async function readToken(terminal: Terminal): Promise<string | Outcome> {
  const token = terminal.stdin.isTTY
    ? await askPerson(terminal, '360dialog API key (stays hidden): ', { hidden: true })
    : await text(terminal.stdin);
  if (token === null) return { kind: 'interrupted' };
  return (
    token.trim() ||
    wrongUsage('There is no token: type the 360dialog API key, or give it on standard input')
  );
}

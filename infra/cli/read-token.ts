import { text } from 'node:stream/consumers';
import { askPerson } from './ask-person.ts';
import type { Call } from './command.ts';
import { type Outcome, wrongUsage } from './outcome.ts';

/** What a person who tries things out on this machine has to know of the key. */
export const ANY_TEXT = 'for the runtime’s own 360dialog any text will do';

/**
 * The 360dialog API key: asked for at a terminal, else all of standard input. Never an argument,
 * because the shell's history and the machine's list of processes would show it.
 */
export async function readToken({
  terminal,
  localUrl,
}: Pick<Call, 'terminal' | 'localUrl'>): Promise<string | Outcome> {
  const hint = localUrl === null ? '' : `; ${ANY_TEXT}`;
  const token = terminal.stdin.isTTY
    ? await askPerson(terminal, `360dialog API key (stays hidden${hint}): `, { hidden: true })
    : await text(terminal.stdin);
  if (token === null) return { kind: 'interrupted' };
  return (
    token.trim() ||
    wrongUsage(`There is no token: type the 360dialog API key, or give it on standard input${hint}`)
  );
}

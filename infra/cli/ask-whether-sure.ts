import { askPerson } from './ask-person.ts';
import type { Terminal } from './command.ts';
import { type Outcome, wrongUsage } from './outcome.ts';

/** Asks the person before something that cannot be taken back; null: they are sure, or said `--yes` before. */
export async function askWhetherSure(
  terminal: Terminal,
  question: string,
  { yes = false }: { yes?: boolean | undefined },
): Promise<Outcome | null> {
  if (yes) return null;
  if (!terminal.stdin.isTTY) return wrongUsage('There is no terminal to ask at: add --yes');
  const said = await askPerson(terminal, `${question} Type yes: `);
  return said?.trim().toLowerCase() === 'yes' ? null : { kind: 'interrupted' };
}

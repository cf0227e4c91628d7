import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Terminal } from './command.ts';

/**
 * Asks the person at the terminal for one line, and does not show what they type when `hidden`.
 * Null when they stopped it. The question goes to stderr: stdout holds nothing but the command's
 * answer.
 */
export async function askPerson(
  { stdin, stderr }: Terminal,
  question: string,
  { hidden = false } = {},
): Promise<string | null> {
  stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({
    input: stdin,
    output: hidden ? nowhere : stderr,
    terminal: true,
    historySize: 0,
  });
  const answer = await new Promise<string | null>((resolve) => {
    line.once('line', resolve);
    line.once('close', () => resolve(null)); // Ctrl-C, Ctrl-D, or the terminal is gone
  });
  line.close();
  if (hidden) stderr.write('\n');
  return answer;
}

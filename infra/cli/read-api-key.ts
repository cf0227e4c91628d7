import { text } from 'node:stream/consumers';
import { askPerson } from './ask-person.ts';
import type { Terminal } from './command.ts';
import { type Outcome, wrongUsage } from './outcome.ts';

/** Where a script has the key, so that it stands in no list of processes. */
const API_KEY = 'DIALOG360_CHANNEL_API_KEY';

/** What the commands say of it that send as the channel. */
export const API_KEY_NOTE = `It needs the channel’s API key, which was shown when the channel was created: from ${API_KEY}, else it is asked for, or read from standard input. It is never an argument. Lost? rotate <channel> api-key.`;

/** The API key of a channel. */
export async function readApiKey(terminal: Terminal): Promise<string | Outcome> {
  const known = terminal.env[API_KEY]?.trim();
  if (known) return known;
  const typed = terminal.stdin.isTTY
    ? await askPerson(terminal, 'The channel’s API key (stays hidden): ', { hidden: true })
    : await text(terminal.stdin);
  if (typed === null) return { kind: 'interrupted' };
  return (
    typed.trim() || wrongUsage(`There is no API key: set ${API_KEY}, or give it on standard input`)
  );
}

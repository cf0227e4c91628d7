import type { AskedEvent } from './kind.ts';

export interface EarlierTurn {
  by: 'user' | 'assistant';
  text: string;
}

/** What was said before the turn, as a model takes it: a person who answered spoke for the business, too. */
export function earlierTurns(event: AskedEvent): EarlierTurn[] {
  return (event.history ?? []).flatMap(({ from, text }) =>
    text.trim() === '' ? [] : [{ by: from === 'visitor' ? 'user' : 'assistant', text }],
  );
}

import { isFields } from '../../kernel/is-fields.ts';
import type { AskedEvent } from './kind.ts';

export interface EarlierTurn {
  by: 'user' | 'assistant';
  text: string;
}

/** What was said before the turn, as a model takes it: a person who answered spoke for the business, too. */
export function earlierTurns(event: AskedEvent): EarlierTurn[] {
  const { history } = event as { history?: unknown };
  if (!Array.isArray(history)) return [];
  return history.filter(isFields).flatMap(({ from, text }) => {
    if (typeof text !== 'string' || text.trim() === '') return [];
    return [{ by: from === 'visitor' ? ('user' as const) : ('assistant' as const), text }];
  });
}

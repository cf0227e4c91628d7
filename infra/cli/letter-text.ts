import type { LetterSummary, LetterView } from '../../shared/contract/letter-view.ts';
import type { NextCommand } from './next-command.ts';
import { table } from './table.ts';

/** Dead letters as a person reads them, and what their codes mean. */
export function letterListText(letters: LetterSummary[], isChosen: boolean): string {
  if (letters.length === 0)
    return `Nothing was given up${isChosen ? ' that these options mean' : ''}.`;
  const rows = letters.map(({ id, at, code, about, reason }) => [
    at,
    code,
    about ?? 'unreadable',
    reason,
    id,
  ]);
  const codes = new Map(letters.map((letter) => [letter.code, letter]));
  return [
    table([['CAME IN', 'CODE', 'ABOUT', 'REASON', 'ID'], ...rows]),
    '',
    ...[...codes.values()].map(({ code, why, what_to_do }) => `${code}: ${why} ${what_to_do}`),
  ].join('\n');
}

/** One letter, with its words. */
export const letterText = (letter: LetterView, next: NextCommand): string =>
  [
    table(
      [
        ['letter', letter.id],
        ['about', `${letter.about ?? 'what cannot be read'}, from the queue ${letter.queue}`],
        ['came in', letter.at],
        ['tried', `${letter.attempts} times`],
        ['why', `${letter.why} (${letter.code})`],
        ['this time', letter.reason],
        ['to do', letter.what_to_do],
        ['redrivable', letter.redrivable ? next('dead-letters', 'redrive', letter.id) : 'no'],
        ...(letter.event_id ? [['event', letter.event_id]] : []),
        ...(letter.chat_id ? [['chat', letter.chat_id]] : []),
        ...(letter.reply_id ? [['reply', letter.reply_id]] : []),
      ],
      '  ',
    ),
    '',
    JSON.stringify(letter.job, null, 2),
  ].join('\n');

import type { ReplyView } from '../../../shared/contract/reply-view.ts';
import { isWord, say } from '../words/translate.ts';

export type Part = ReplyView['parts'][number];

const LOOKS: Record<Part['status'], string> = {
  waiting: 'warn',
  sending: 'warn',
  parked: 'warn',
  accepted: 'info',
  sent: 'info',
  delivered: 'good',
  read: 'good',
  played: 'good',
  failed: 'bad',
  refused: 'bad',
  expired: 'bad',
};

/** How far a message has come. */
export const PartState = ({ status }: Pick<Part, 'status'>) => (
  <span class={`chip ${LOOKS[status]}`}>{say(`status.${status}`)}</span>
);

/** What a code of a delivery means, in the language of the person. */
export function codeWords(code: string): string {
  const word = `code.${code}`;
  if (isWord(word)) return say(word);
  const said = code.match(/^provider-(\d{1,9})$/)?.[1];
  return said === undefined ? code : say('code.provider', { code: said });
}

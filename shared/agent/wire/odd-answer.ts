import { DIALOG_WORDS, dialogWord } from '../../contract/agent-answer.ts';
import { nearest } from '../../kernel/nearest.ts';

type Answer = Record<string, unknown>;

/** Why an answer may not mean what its author thinks, in a sentence; undefined: it means what it says. */
export function oddIn(answer: Answer): string | undefined {
  return has(answer, 'replies') || has(answer, 'dialog') ? oddDialog(answer) : noReplies(answer);
}

const has = (answer: Answer, name: string) => Object.hasOwn(answer, name);

/** What agents call their words where they do not call them `replies`. */
const OTHER_NAMES = [
  'reply',
  'response',
  'responses',
  'answer',
  'answers',
  'message',
  'messages',
  'text',
  'output',
  'content',
];

function noReplies(answer: Answer): string {
  const other = Object.keys(answer).find(
    (name) => OTHER_NAMES.includes(name) || nearest(name, ['replies', 'dialog']) !== null,
  );
  return `The answer has neither \`replies\` nor \`dialog\`${quoted(other, ': it has ')}. It counts as no replies.`;
}

const WANTED = '`open`, `close` or `operator` is wanted';

function oddDialog(answer: Answer): string | undefined {
  const dialog = has(answer, 'dialog') ? answer.dialog : null;
  if (dialog === null || dialog === '') {
    const other = Object.keys(answer).find(
      (name) => nearest(name, ['dialog']) !== null && meantBy(answer[name]) !== null,
    );
    return (
      other && `The answer has no \`dialog\`${quoted(other, ', but ')}. The dialog stays open.`
    );
  }
  if (DIALOG_WORDS.some((word) => word === dialogWord(dialog))) return undefined;
  const meant = meantBy(dialog);
  const perhaps = meant === null ? '' : `, perhaps \`${meant}\``;
  return `\`dialog\` is unknown: ${WANTED}${perhaps}. The dialog stays open.`;
}

const meantBy = (dialog: unknown): string | null =>
  typeof dialog === 'string' ? nearest(dialog, DIALOG_WORDS) : null;

/** Only names that are known here are repeated: any other may be a person's word. */
const quoted = (name: string | undefined, before: string): string =>
  name && /^\w{1,20}$/.test(name) ? `${before}\`${name}\`` : '';

import type { Menu } from '../../contract/menu.ts';
import { plainDigits } from '../../kernel/plain-digits.ts';

/** How long a Button Menu can be answered by typing; a tap, or a quote of it, counts however late. */
const TYPED_ANSWER_MS = 24 * 60 * 60 * 1000;

/** What the visitor did, after a menu was shown. */
export interface SaidToMenu {
  /** The id a tap carries; then `text` is what was written on the button. */
  tapId?: string | null;
  text: string;
  /** Whether the message quotes this very menu: then it is its answer, however old. */
  quotes?: boolean;
  /** Whether something went out since that is not part of the same answer as the menu. */
  isOvertaken?: boolean;
  /** From the menu's acceptance to the visitor's message, in milliseconds. */
  ageMs?: number;
}

/** The option the visitor chose, and how: by a tap, by typing its label, or by typing its number. */
export interface MenuAnswer {
  option: Menu['options'][number];
  via: 'tap' | 'label' | 'number';
}

/**
 * Nothing longer is a label, with its number before it and marks around it. Unicode puts the accents of a
 * letter in order in the square of their number, so nothing longer is folded.
 */
const LONGEST_ANSWER = 2_000;

/**
 * Which option of a menu the visitor chose: a tap, else its label with case and blanks folded, else the label
 * with marks around it, its line of a numbered list, or its number where numbers were shown and nothing was
 * sent since. Null: it is no answer to this menu.
 * In doubt it is none: an option the visitor did not mean is worse than a plain text.
 */
export function answerOf(menu: Menu, said: SaidToMenu): MenuAnswer | null {
  if (said.text.length > LONGEST_ANSWER) return null;
  if (said.tapId) return answerBy('tap', tapped(menu, said.tapId, said.text));
  if (!mayAnswer(said)) return null;
  const whole = asWritten(menu.options, said.text);
  const byLabel = whole ?? withMarks(menu.options, said.text);
  const byLine = lineOf(menu, said.text);
  const byNumber = whole ? undefined : numberOf(menu, said.text);
  const [option, ...others] = new Set([byLabel, byLine, byNumber].filter(Boolean));
  if (others.length > 0) return null;
  if (byLabel || byLine) return answerBy('label', option);
  return said.isOvertaken && !said.quotes ? null : answerBy('number', option);
}

/** Whether it may be an answer at all, whatever the menu was: what is typed counts for a day. */
export const mayAnswer = ({ tapId, quotes, ageMs }: Omit<SaidToMenu, 'text'>): boolean =>
  Boolean(tapId) || quotes === true || (ageMs ?? 0) <= TYPED_ANSWER_MS;

const answerBy = (
  via: MenuAnswer['via'],
  option: MenuAnswer['option'] | undefined,
): MenuAnswer | null => (option ? { option, via } : null);

/** Ids made from positions are the same in every menu, so the words on the button must agree. */
function tapped({ options }: Menu, id: string, words: string) {
  const option = options.find((option) => option.id === id);
  const shown = folded(words).replace(/…$/, '').trimEnd();
  return option && folded(option.label).startsWith(shown) ? option : undefined;
}

type Options = Menu['options'];

/** The option with just this label. Two options with one label have no answer by label. */
const asWritten = (options: Options, words: string) =>
  only(options, ({ label }) => label.trim() === words.trim()) ??
  only(options, ({ label }) => folded(label) === folded(words));

/** The option whose label it is but for the marks around both. What asks more than the label is no choice. */
function withMarks(options: Options, words: string) {
  const core = coreOf(words);
  const asked = isQuestion(words);
  return only(
    options,
    ({ label }) => core !== '' && coreOf(label) === core && (!asked || isQuestion(label)),
  );
}

const isQuestion = (words: string) => /[?？؟⁇⁈⁉]/.test(words);

function only(options: Options, isMeant: (option: Options[number]) => boolean) {
  const [found, ...others] = options.filter(isMeant);
  return others.length === 0 ? found : undefined;
}

/** The option whose whole line was copied from a numbered list, or typed: its number and its label. */
function lineOf({ options }: Menu, words: string) {
  const line = folded(words);
  const [begin, number] = LINE_BEGIN.exec(line) ?? [];
  const option = options[Number(number) - 1];
  return option && withMarks([option], line.slice(begin?.length));
}

/** `2`, `[2`, `> 2`, `№2`, and not the first number of `2.5`, `2 500`, `-2`, `$2` or `2 %`. */
const LINE_BEGIN =
  /^[^\p{L}\p{N}\p{Sc}]{0,6}(?<![-+.,])([1-9]\d{0,2})(?![.,:'’]?\d|\s\d{3}(?!\d)|\s?[%‰°+\p{Sc}])/u;

/** What stands between the marks around words, `«Pay»` or `💳 Pay.`, or around a number, `«11:30»` or `100 €.`. */
function coreOf(words: string): string {
  const word = between(AROUND_WORD, words);
  return /\p{L}/u.test(word) ? word : between(AROUND_NUMBER, words);
}

const AROUND_WORD = /[\p{P}\p{S}\s]/u;
/** Quotes, brackets, stops, and what makes words bold: the other signs may belong to a number. */
const AROUND_NUMBER = /[\s\p{Ps}\p{Pe}\p{Pi}\p{Pf}"'`*_.,:;!…．，：；！。、·•]/u;

function between(mark: RegExp, words: string): string {
  const signs = [...folded(words)];
  const isWithin = (sign: string) => !mark.test(sign);
  const [first, end] = [signs.findIndex(isWithin), signs.findLastIndex(isWithin) + 1];
  const core = signs.slice(first, end).join('');
  const before = SIGN_BEFORE.exec(signs.slice(0, first).join(''))?.[0] ?? '';
  const behind = SIGN_BEHIND.exec(signs.slice(end).join(''))?.[0] ?? '';
  return `${/^\d/.test(core) ? before : ''}${core}${/\d$/.test(core) ? behind : ''}`;
}

/** Signs that make another number of the one they stand at: `< 5`, `-5`, `.5`, and the end of `2-5`, `1/2` and `2 & 5`. */
const SIGN_BEFORE = /[.,…/&\p{Sm}-]{0,3}(?:[.,…]|[/&\p{Sm}-] ?)$/u;
const SIGN_BEHIND = /^ ?[%‰+]/;

/**
 * With the digits of any script and of emojis as 0 to 9, each dash and minus as a hyphen, and without the signs
 * that are not seen: those that turn the line, and those that make one emoji of several.
 */
const folded = (words: string): string =>
  plainDigits(words.normalize('NFC').replace(/\p{Cf}|[\uFE0F\u20E3]/gu, ''))
    .replace(/\u{1F51F}/gu, '10') // 🔟 is one sign
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

/** Marks people put around a number: `№2`, `#2`, `(2)`, `2.`, `2)`. */
const NUMBER = /^(?:№|#|＃)?\s*[（(]?([1-9]\d{0,2})\s*[.)）．。:]{0,2}$/;

/** The option whose number was typed, where numbers were shown. */
function numberOf({ options, numbered }: Menu, words: string) {
  const number = NUMBER.exec(folded(words))?.[1];
  return numbered && number !== undefined ? options[Number(number) - 1] : undefined;
}

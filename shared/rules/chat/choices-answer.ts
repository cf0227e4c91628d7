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
 * Which option of a menu the visitor chose: a tap, else its label with case and blanks folded, alone or
 * as the line of a numbered list, else its number where numbers were shown and nothing was sent since.
 * Null: it is no answer to this menu.
 * In doubt it is none: an option the visitor did not mean is worse than a plain text.
 */
export function answerOf(menu: Menu, said: SaidToMenu): MenuAnswer | null {
  if (said.text.length > LONGEST_ANSWER) return null;
  if (said.tapId) return answerBy('tap', tapped(menu, said.tapId, said.text));
  if (!mayAnswer(said)) return null;
  const [byLabel, byLine] = [labelled(menu, said.text), lineOf(menu, said.text)];
  if (byLabel && byLine && byLabel !== byLine) return null;
  const mayBeNumber = menu.numbered && (said.quotes || !said.isOvertaken);
  return (
    answerBy('label', byLabel ?? byLine) ??
    (mayBeNumber ? answerBy('number', menu.options[(readNumber(said.text) ?? 0) - 1]) : null)
  );
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

/** Two options with one label have no answer by label. */
function labelled({ options }: Menu, words: string) {
  const [said, core] = [folded(words), coreOf(words)];
  const exact = options.filter(({ label }) => label.trim() === words.trim());
  const alike = options.filter(({ label }) => folded(label) === said);
  const marked = core === null ? [] : options.filter(({ label }) => coreOf(label) === core);
  return [exact, alike, marked].find((found) => found.length === 1)?.[0];
}

/** The option whose whole line was copied from a numbered list, or typed: its number and its label. */
function lineOf({ options }: Menu, words: string) {
  const line = withPlainDigits(words);
  const [begin = '', number, gap = ''] = LINE_BEGIN.exec(line) ?? [];
  const rest = line.slice(begin.length);
  // `2.5` is one number.
  if (number === undefined || (/^\d/.test(rest) && !/\s$/.test(gap))) return undefined;
  const option = options[Number(number) - 1];
  return option && labelled({ options: [option], numbered: true }, rest);
}

/** What stands before the label in `2. Pay`, `2) Pay`, `№2 – Pay`, `2 pay`. */
const LINE_BEGIN = /^[№#＃]?\s?[（(]?([1-9]\d{0,2})([\s.)）．。:：–—-]{1,6})/;

/** What stands between the marks around words, `«Pay»` or `💳 Pay.`; null where that is no word. */
function coreOf(words: string): string | null {
  const said = folded(words);
  if (/[?？؟]$/.test(said)) return null; // a question is not certainly a choice
  const signs = [...said.replace(/\uFE0F|\u200D/g, '')]; // what makes one emoji of several signs
  const isOfWord = (sign: string) => /[^\p{P}\p{S}\s]/u.test(sign);
  const core = signs.slice(signs.findIndex(isOfWord), signs.findLastIndex(isOfWord) + 1).join('');
  return /\p{L}/u.test(core) ? core : null;
}

const folded = (words: string): string =>
  words.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** Marks people put around a number: `№2`, `#2`, `(2)`, `2.`, `2)`, and an emoji's keycap. */
const NUMBER = /^(?:№|#|＃)?\s*[（(]?([1-9]\d{0,2})\s*[.)）．。:]{0,2}$/;

/** A number as people type it, in the digits of any script; null for anything else. */
function readNumber(words: string): number | null {
  const digits = NUMBER.exec(withPlainDigits(words))?.[1];
  return digits === undefined ? null : Number(digits);
}

const withPlainDigits = (words: string): string =>
  plainDigits(words)
    .replace(/[\uFE0F\u20E3]/g, '')
    .replace(/\u{1F51F}/gu, '10') // 🔟 is one sign
    .trim();

export const PROGRAM = 'npx dialog360-channel';

/** Writes a command line that can be pasted: its words, and where, as this command line was told. */
export type NextCommand = (...words: string[]) => string;

/** Writes what a person may do next; `where` are the options that say in which place. */
export const nextCommandIn =
  (where: string[]): NextCommand =>
  (...words) =>
    [PROGRAM, ...[...words, ...where].map(asShellWord)].join(' ');

const asShellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { meantBy, optionFault } from '../option-fault.ts';
import type { Command, Options, Values } from './command.ts';
import { COMMANDS } from './commands.ts';
import { PLACE } from './find-admin-api.ts';
import { COMMON } from './help.ts';
import { type NotAsked, wrongUsage } from './outcome.ts';

/** A command line, read. */
export type Arguments =
  | { kind: 'help'; about: Command | null }
  | { kind: 'command'; command: Command; given: string[]; values: Given }
  | NotAsked;

type Given = Values<typeof PLACE & typeof COMMON> & Values<Options>;

/** Reads a command line. Never repeats a word that may be a secret typed in the wrong place. */
export function readArguments(args: string[]): Arguments {
  const words = args.filter((word) => !word.startsWith('-'));
  const first = words[0] === 'help' ? words[1] : words[0];
  const wanted = COMMANDS.find(({ name }) => name === first);
  const asksForHelp =
    words[0] === 'help' || args.some((word) => word === '--help' || word === '-h');
  if (asksForHelp || args.length === 0) return { kind: 'help', about: wanted ?? null };
  if (!wanted || args[0] !== wanted.name) {
    const names = COMMANDS.map(({ name }) => name);
    const meant = first === undefined ? '' : meantBy(first, names);
    return wrongUsage(`The first word must be a command${meant}: ${names.join(', ')}`);
  }
  const options = { ...PLACE, ...COMMON, ...wanted.options };
  if (holdsToken(args, wanted)) {
    return wrongUsage('A token is never an argument: it is asked for, or read from standard input');
  }
  const read = parse(args.slice(1), options);
  if ('kind' in read) return read;
  const { positionals: given, values } = read;
  const [least, most] = [wanted.takes.length, wanted.takes.length + (wanted.mayTake?.length ?? 0)];
  if (given.length < least || given.length > most) {
    return wrongUsage(wrongCount(wanted, given.length));
  }
  if (given.includes('') || values.channel === '') {
    return wrongUsage(
      `${wanted.name} was given an empty word, as a shell writes a variable that is not set`,
    );
  }
  return { kind: 'command', command: wanted, given, values };
}

function parse(args: string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { values: values as Given, positionals };
  } catch (error) {
    return wrongUsage(optionFault(error, Object.keys(options)));
  }
}

/** Whether a token was typed as an argument. `edit --token` without a value asks for it instead. */
const holdsToken = (args: string[], { options }: Command): boolean =>
  args.some((word) => word.startsWith('--token=')) ||
  (args.includes('--token') && !('token' in options));

function wrongCount({ name, takes, options }: Command, given: number): string {
  const wanted = takes.length === 0 ? 'nothing' : takes.map((what) => `<${what}>`).join(' ');
  const hint = 'token' in options ? '. A token is never an argument: it is asked for' : '';
  return `${name} takes ${wanted} beside its options, not ${given} word${given === 1 ? '' : 's'}${hint}`;
}

import type { Command, Options } from './command.ts';
import { COMMANDS } from './commands.ts';
import { PLACE } from './find-admin-api.ts';
import { PROGRAM } from './next-command.ts';
import { EXIT_CODES } from './outcome.ts';
import { table } from './table.ts';

/** Options every command has. */
export const COMMON = {
  json: { type: 'boolean', says: 'one JSON document for programs, instead of words' },
  help: { type: 'boolean', says: 'show this' },
} as const satisfies Options;

/** What `--help` says without a command. */
export const generalHelp = (): string =>
  [
    'Looks after the channels of dialog360-channel: the deployed stack’s, or with --local those of npm start.',
    `  ${PROGRAM} <command> [options]`,
    section(
      'Commands',
      COMMANDS.map(({ name, does }) => [name, does]),
    ),
    section('Where', optionRows(PLACE)),
    section('How', optionRows(COMMON)),
    exitCodes(),
    examples([
      'create --title Support --agent-url https://agent.example/turn --active',
      'list',
      'check ch_0123456789abcdef0123 --local',
      'create --help',
    ]),
  ].join('\n\n');

/** What `--help` says after a command. */
export const commandHelp = ({
  name,
  does,
  takes,
  mayTake = [],
  options,
  alsoTakes,
  notes,
  ...more
}: Command): string =>
  [
    `${name} ${does}.`,
    `  ${[PROGRAM, name, ...takes.map((what) => `<${what}>`), ...mayTake.map((what) => `[${what}]`), '[options]'].join(' ')}`,
    ...(Object.keys(options).length > 0 ? [section('Options', optionRows(options))] : []),
    ...(alsoTakes ? [section(alsoTakes.title, alsoTakes.rows())] : []),
    section('Where', optionRows(PLACE)),
    section('How', optionRows(COMMON)),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
    exitCodes(),
    examples(more.examples),
  ].join('\n\n');

const section = (title: string, rows: string[][]): string => `${title}\n${table(rows, '  ')}`;

const optionRows = (options: Options): string[][] =>
  Object.entries(options).map(([name, { value, says }]) => [
    `--${name}${value ? ` ${value}` : ''}`,
    says,
  ]);

const exitCodes = (): string =>
  section(
    'Exit codes',
    Object.values(EXIT_CODES).map(({ code, means }) => [String(code), means]),
  );

const examples = (lines: string[]): string =>
  ['Examples', ...lines.map((line) => `  ${PROGRAM} ${line}`)].join('\n');

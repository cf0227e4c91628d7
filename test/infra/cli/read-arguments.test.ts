import { expect, test } from 'vitest';
import { COMMANDS } from '../../../infra/cli/commands.ts';
import { EXIT_CODES } from '../../../infra/cli/outcome.ts';
import { readArguments } from '../../../infra/cli/read-arguments.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { type } from './terminal.ts';

/** Splits a line as a shell does: quotes keep words together. */
const words = (line: string) =>
  [...line.replace(/ < \S+$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, word]) => quoted ?? word ?? '',
  );

test('without a command, and with --help, the command line lists its commands and options', async () => {
  for (const line of [[], ['--help'], ['help'], ['-h']]) {
    const { code, stdout } = await type(line);
    expect(code).toBe(0);
    for (const { name, does } of COMMANDS) expect(stdout).toMatch(new RegExp(` ${name} +${does}`));
    for (const exit of Object.values(EXIT_CODES)) expect(stdout).toContain(exit.means);
  }
});

test.each(COMMANDS)('$name explains each of its options, with examples that are right', async ({
  name,
  options,
  examples,
  takes,
}) => {
  for (const line of [
    [name, '--help'],
    ['help', name],
  ]) {
    const { code, stdout } = await type(line);
    expect(code).toBe(0);
    for (const [option, { says }] of Object.entries(options)) {
      expect(stdout).toMatch(new RegExp(`^  --${option}\\b`, 'm'));
      expect(stdout).toContain(says);
    }
    for (const what of takes) expect(stdout).toContain(`<${what}>`);
    for (const example of examples) expect(stdout).toContain(`npx dialog360-channel ${example}`);
  }
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) {
    expect(readArguments(words(example))).toMatchObject({ kind: 'command', command: { name } });
  }
});

test.each([
  'create',
  'edit',
])('%s --help names every option of a channel with a sentence', async (name) => {
  const { stdout } = await type([name, '--help']);
  const described = Object.keys(parse(channelOptionsSchema, {})).map((option) => {
    const line = stdout.match(new RegExp(`^  ${option} +(.*)$`, 'm'))?.[1] ?? '';
    expect(line, option).toMatch(/^[A-Z].{20,}\. It must be .{5,}; by default .+\.$/);
    return line;
  });
  expect(new Set(described).size).toBe(described.length);
  expect(stdout).toMatch(/choices .* one of numbered, list; by default numbered\./);
});

// biome-ignore format: a table reads by column
const faults = [
  { what: 'no such command',           line: ['crate'],                                   says: /must be a command \(did you mean create\?\): create, list/ },
  { what: 'half a command',            line: ['lst'],                                     says: /must be a command \(did you mean list\?\)/ },
  { what: 'a slip in an option',       line: ['create', '--titel', 'A'],                  says: /Unknown option '--titel' \(did you mean --title\?\)/ },
  { what: 'a slip in the agent',       line: ['create', '--agnt-url', 'https://a.example'], says: /\(did you mean --agent-url\?\)/ },
  { what: 'an option before the command',       line: ['--local', 'list'],                         says: /first word must be a command/ },
  { what: 'no such option',            line: ['list', '--prot', '3000'],                  says: /Unknown option '--prot' \(did you mean --port\?\)/ },
  { what: 'an option without value',   line: ['list', '--stack'],                         says: /--stack <value>' argument missing/ },
  { what: 'an option whose value is an option', line: ['hold', 'ch_a', '--text', '--local'], says: /^--text needs a value; .* --text=-….$/m },
  { what: 'a channel that is empty',   line: ['show', ''],                                says: /show was given an empty word, as a shell writes a variable that is not set\.$/m },
  { what: 'an empty --channel',        line: ['trace', 'wamid.x', '--channel', ''],       says: /trace was given an empty word/ },
  { what: 'a list of one letter',      line: ['dead-letters', 'list', 'ch_a'],            says: /list takes no id: --channel lists/ },
  { what: 'no channel',                line: ['show'],                                    says: /show takes <channel> .*not 0 words/ },
  { what: 'a channel of none',         line: ['list', 'ch_a'],                            says: /list takes nothing .*not 1 word\./ },
  { what: 'two channels',              line: ['show', 'ch_a', 'ch_b'],                    says: /not 2 words/ },
  { what: 'no secret to rotate',       line: ['rotate', 'ch_a'],                          says: /<channel> <secret>/ },
  { what: 'an unknown secret',       line: ['rotate', 'ch_a', 'password'],              says: /must be one of webhook-token, api-key/ },
  { what: 'a channel of nothing',      line: ['create'],                                  says: /needs a --title and an agent \(--agent-url\)\. The 360dialog API key is asked for then, or read from standard input\.$/m },
  { what: 'a channel of nothing here', line: ['create', '--local'],                       says: /needs a --title and an agent .*; for the runtime’s own 360dialog any text will do\.$/m },
  { what: 'no token here',             line: ['create', '--local', '--title', 'A', '--agent-url', 'http://localhost:1'], says: /There is no token: .*any text will do/ },
  { what: 'a channel without a title', line: ['create', '--agent-url', 'https://a.example'], says: /needs a --title/ },
  { what: 'a channel without an agent', line: ['create', '--title', 'A'],                 says: /needs an agent/ },
  { what: 'an edit of nothing',        line: ['edit', 'ch_a'],                            says: /Say what is to change/ },
  { what: 'an option without =',       line: ['edit', 'ch_a', '--option', 'park_hours'],  says: /NAME=VALUE/ },
  { what: 'a file that is not there',  line: ['edit', 'ch_a', '--from', '/nowhere.json'], says: /no file with a JSON object/ },
  { what: 'a token in two ways',        line: ['create', '--from', '-'],                   says: /must be in the JSON too/, input: '{"title":"A","agent":{"url":"https://a.example"}}' },
  { what: 'no token',                  line: ['create', '--title', 'A', '--agent-url', 'https://a.example'], says: /There is no token/ },
  { what: 'an unconfirmed deletion', line: ['delete', 'ch_a'],                         says: /add --yes/ },
  { what: 'no visitor',                line: ['send', 'ch_a', '--text', 'hi'],            says: /Name the visitor by one of/ },
  { what: 'two names of a visitor',    line: ['chat', 'show', 'ch_a', '--phone', '1', '--bsuid', 'x'], says: /by one of/ },
  { what: 'a pause without an end',    line: ['chat', 'pause', 'ch_a', '--phone', '1'],   says: /--minutes 60/ },
  { what: 'nothing to send',           line: ['send', 'ch_a', '--phone', '1'],            says: /either --text or --replies/ },
  { what: 'two things to send',        line: ['send', 'ch_a', '--phone', '1', '--text', 'a', '--replies', 'f'], says: /either --text or --replies/ },
  { what: 'replies that are not there', line: ['send', 'ch_a', '--phone', '1', '--replies', '/nowhere.json'], says: /cannot be read/ },
  { what: 'no API key',                line: ['send', 'ch_a', '--phone', '1', '--text', 'a'], says: /There is no API key/ },
  { what: 'a notification of nothing', line: ['notify', 'ch_a', '--phone', '1'],          says: /needs --template and --language/ },
  { what: 'a parameter without a name', line: ['notify', 'ch_a', '--phone', '1', '--template', 't', '--language', 'en', '--named', '--parameter', 'x'], says: /NAME=TEXT/ },
  { what: 'letters that are not named', line: ['dead-letters', 'redrive'],                says: /an id, or --channel/ },
  { what: 'a letter and all',          line: ['dead-letters', 'drop', 'a.1.b', '--all'],  says: /an id, or --channel/ },
  { what: 'a letter without an id',    line: ['dead-letters', 'show'],                    says: /show takes an id/ },
  { what: 'what letters cannot do',    line: ['dead-letters', 'burn'],                    says: /list, show, redrive, drop/ },
  { what: 'two letters',               line: ['dead-letters', 'show', 'a', 'b'],          says: /not 3 words/ },
  { what: 'both places at once',       line: ['list', '--local', '--stack', 'x'],         says: /--stack is for the deployed stack/ },
  { what: 'a port that is a word',     line: ['list', '--port', 'http'],                  says: /--port must be a number/ },
  { what: 'an address without https',  line: ['list', '--url', 'http://api.example'],     says: /--url must be an https address/ },
];

test.each(
  faults,
)('$what is wrong usage: the command line says so, exits with 2, and asks no endpoint', async ({
  line,
  says,
  input = '',
}) => {
  const { code, stdout, stderr } = await type(line, { input });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
  expect(stderr).toContain('--help');

  const program = await type([...line, '--json'], { input });
  expect(program.code).toBe(2);
  expect(JSON.parse(program.stdout)).toMatchObject({ code: 'wrong-usage' });
});

test.each([
  ['create', '--title', 'A', '--token', 'sEcReT-key'],
  ['create', '--title', 'A', '--token=sEcReT-key'],
  ['edit', 'ch_a', '--token=sEcReT-key'],
  ['edit', 'ch_a', '--token', 'sEcReT-key'],
])('a token among the arguments is refused and not repeated: %s %s %s', async (...line) => {
  const { code, stdout, stderr } = await type(line);
  expect(code).toBe(2);
  expect(stderr).toContain('A token is never an argument');
  expect(stdout + stderr).not.toContain('sEcReT');
});

import { stripVTControlCharacters } from 'node:util';
import { type AdminRequest, askAdminApi } from './ask-admin-api.ts';
import type { Terminal } from './command.ts';
import { findAdminApi, findChannelApi, localUrl, placeWords } from './find-admin-api.ts';
import { commandHelp, generalHelp } from './help.ts';
import { readLog } from './log/read-log.ts';
import { nextCommandIn } from './next-command.ts';
import { EXIT_CODES, type Outcome, type Problem } from './outcome.ts';
import { type Arguments, readArguments } from './read-arguments.ts';

/** Runs one command line and prints its outcome, in words or as JSON. Resolves to the exit code. */
export async function runCommandLine(args: string[], terminal: Terminal): Promise<number> {
  const read = readArguments(args);
  if (read.kind === 'help') {
    terminal.stdout.write(`${read.about ? commandHelp(read.about) : generalHelp()}\n`);
    return 0;
  }
  const outcome = read.kind === 'command' ? await run(read, terminal) : read;
  const json = read.kind === 'command' ? read.values.json === true : args.includes('--json');
  tell(outcome, json, terminal);
  return EXIT_CODES[outcome.kind].code;
}

function run(
  { command, given, values }: Extract<Arguments, { kind: 'command' }>,
  terminal: Terminal,
): Promise<Outcome> {
  const open = () => {
    opening ??= findAdminApi(values, terminal.env);
    return opening;
  };
  const ask = async (question: AdminRequest) => {
    const api = await open();
    return 'kind' in api ? api : askAdminApi(api, question);
  };
  const askWithKey = async (apiKey: string, question: Omit<AdminRequest, 'root'>) => {
    const api = await findChannelApi(values, terminal.env, apiKey);
    return 'kind' in api ? api : askAdminApi(api, { ...question, root: '/v1/channels' });
  };
  let opening: ReturnType<typeof findAdminApi> | undefined;
  return command.run({
    given,
    values,
    terminal,
    asJson: values.json === true,
    openApi: open,
    ask,
    askWithKey,
    readLog: (question) => readLog(values, terminal.env, question),
    localUrl: localUrl(values),
    next: nextCommandIn(placeWords(values)),
  });
}

function tell(outcome: Outcome, asJson: boolean, { stdout, stderr }: Terminal): void {
  if (asJson) {
    const json = jsonOf(outcome);
    if (json !== undefined) stdout.write(`${JSON.stringify(json, null, 2)}\n`);
    return;
  }
  switch (outcome.kind) {
    case 'done':
    case 'problems-found':
      stdout.write(`${harmless(outcome.text)}\n`);
      break;
    case 'refused':
      stderr.write(`${harmless(problemText(outcome.problem))}\n`);
      break;
    case 'wrong-usage':
      stderr.write(`${harmless(outcome.sentence)}.\nAdd --help to see what there is.\n`);
      break;
    case 'unreachable':
      stderr.write(`${harmless(outcome.sentence)}\n`);
      break;
    case 'interrupted':
      stderr.write('Nothing was changed.\n');
  }
}

/** The endpoint's own answer or problem document; where it was not asked, one of the same form. */
function jsonOf(outcome: Outcome): unknown {
  switch (outcome.kind) {
    case 'done':
    case 'problems-found':
      return outcome.json;
    case 'refused':
      return outcome.problem;
    case 'wrong-usage':
    case 'unreachable':
      return { code: outcome.kind, detail: outcome.sentence };
    case 'interrupted':
      return undefined;
  }
}

const problemText = ({ title, detail, code, errors = [] }: Problem): string =>
  [
    `Refused: ${title} (${code}).`,
    ...(errors.length === 0 ? [`  ${detail}`] : []),
    ...errors.map((error) => `  ${error.path || 'the body'}: ${error.detail}`),
  ].join('\n');

/** Without control characters: a title, or an agent's or the provider's words, may hold some. */
const harmless = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  stripVTControlCharacters(text).replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '?');

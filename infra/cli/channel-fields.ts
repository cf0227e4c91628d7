import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { readJson } from '../../shared/kernel/read-json.ts';
import { channelOptionRows } from './channel-option-rows.ts';
import type { Options, Terminal, Values } from './command.ts';
import { type Outcome, wrongUsage } from './outcome.ts';

/** The options of `create` and `edit` that say what a channel is to be. */
export const CHANNEL_OPTIONS = {
  title: { type: 'string', value: 'TEXT', says: 'what you call it; titles may repeat' },
  'agent-url': { type: 'string', value: 'URL', says: 'where your agent is asked' },
  'agent-kind': {
    type: 'string',
    value: 'KIND',
    says: 'what your agent is: http (usual), openai-chat, anthropic, webim, rasa, n8n …',
  },
  agent: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    says: 'a setting of its kind, as often as you like: --agent model=gpt-5-mini',
  },
  'agent-timeout-ms': { type: 'string', value: 'MS', says: 'how long it may take: 1000 to 120000' },
  'agent-events': {
    type: 'string',
    value: 'LIST',
    says: 'which events it is sent, with commas between; "default" for the usual ones',
  },
  hosting: { type: 'string', value: 'KIND', says: 'cloud (usual), sandbox or on-premise' },
  'base-url': {
    type: 'string',
    value: 'URL',
    says: 'another address of 360dialog; "" for that of its hosting',
  },
  option: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    says: 'one of the options below, as often as you like: --option markdown=convert',
  },
  from: {
    type: 'string',
    value: 'FILE',
    says: 'all of it as JSON, as the admin endpoints take it; "-" is standard input',
  },
} as const satisfies Options;

/** What --option takes, for the help. */
export const OPTION_SECTION = {
  title: 'Options of the channel, each by --option NAME=VALUE',
  rows: channelOptionRows,
};

export type ChannelFields = Record<string, unknown>;

/**
 * The fields of a channel as the admin endpoints take them: those of the file, and over them the
 * options.
 */
export async function readFields(
  values: Values<typeof CHANNEL_OPTIONS>,
  terminal: Terminal,
): Promise<{ kind: 'fields'; fields: ChannelFields } | Outcome> {
  const file = values.from === undefined ? {} : await fieldsOfFile(values.from, terminal);
  if (file === null) return wrongUsage(`--from ${values.from} is no file with a JSON object`);
  const broken = values.option?.find((option) => !/^\w+=/.test(option));
  if (broken !== undefined) return wrongUsage(`--option takes NAME=VALUE, not "${broken}"`);

  const { title, hosting, 'base-url': base } = values;
  const settings = pairsIn(values.agent ?? []);
  if (settings === null) return wrongUsage('--agent takes NAME=VALUE');
  if (holdsSecrets(settings)) {
    return wrongUsage('Secrets belong into the file of --from: {"agent":{"api_key":"…"}}');
  }
  const agent = present({
    kind: values['agent-kind'],
    ...settings,
    url: values['agent-url'],
    timeout_ms: numberOf(values['agent-timeout-ms']),
    events: eventsOf(values['agent-events']),
  });
  const options = optionsOf(values.option ?? []);
  if (holdsSecrets(options.transcription)) {
    return wrongUsage(
      'Secrets belong into the file of --from: {"options":{"transcription":{"api_key":"…"}}}',
    );
  }
  const fields: ChannelFields = {
    ...file,
    ...present({ title, hosting, base_url: base === '' ? null : base }),
  };
  if (Object.keys(agent).length > 0) fields.agent = over(fields.agent, agent);
  if (values.option) fields.options = over(fields.options, options);
  return { kind: 'fields', fields };
}

const holdsSecrets = (value: unknown): boolean =>
  isObject(value) && ('api_key' in value || 'headers' in value);

async function fieldsOfFile(file: string, { stdin }: Terminal): Promise<ChannelFields | null> {
  try {
    const json = readJson(await (file === '-' ? text(stdin) : readFile(file, 'utf8')));
    return isObject(json) ? json : null;
  } catch {
    return null; // there is no such file
  }
}

/** A value that is no number goes on as it is: the endpoint refuses it and says what it wants. */
const numberOf = (value: string | undefined) =>
  value === undefined || Number.isNaN(Number(value)) ? value : Number(value);

const eventsOf = (list: string | undefined) =>
  list === 'default' ? null : list?.split(',').map((name) => name.trim());

/**
 * `park_hours=12`, `fallback_template={"name":…}`, `markdown=convert`: a value that is JSON is read
 * as JSON, any other is text.
 */
const pairsIn = (pairs: string[]): ChannelFields | null =>
  pairs.every((pair) => /^\w+=/.test(pair)) ? optionsOf(pairs) : null;

const optionsOf = (pairs: string[]): ChannelFields =>
  Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), jsonOrWords(pair.slice(at + 1))];
    }),
  );

function jsonOrWords(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return words;
  }
}

const over = (below: unknown, above: ChannelFields): ChannelFields => ({
  ...(isObject(below) ? below : {}),
  ...above,
});

const present = (fields: ChannelFields): ChannelFields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const isObject = (value: unknown): value is ChannelFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

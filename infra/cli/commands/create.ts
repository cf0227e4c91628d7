import type { ChannelAnswer } from '../../../shared/contract/channel-answer.ts';
import { aboutChannel } from '../about-channel.ts';
import {
  CHANNEL_OPTIONS,
  type ChannelFields,
  OPTION_SECTION,
  readFields,
} from '../channel-fields.ts';
import { channelText } from '../channel-text.ts';
import { command } from '../command.ts';
import type { NextCommand } from '../next-command.ts';
import { wrongUsage } from '../outcome.ts';
import { ANY_TEXT, readToken } from '../read-token.ts';
import { table } from '../table.ts';

export const create = command({
  name: 'create',
  does: 'makes a channel: one WhatsApp number wired to one agent',
  takes: [],
  options: {
    ...CHANNEL_OPTIONS,
    active: { type: 'boolean', says: 'activate it as well' },
  },
  alsoTakes: OPTION_SECTION,
  notes: [
    'The token (the 360dialog API key) is asked for, or read from standard input: never an argument.',
    'The agent’s key and secret headers belong into the file of --from: {"agent":{"api_key":"…"}}.',
    'So do those of a transcriber: {"options":{"transcription":{"url":"…","model":"…","api_key":"…"}}}.',
    'The API key and the agent secret are shown this once.',
    `With --local the channel is connected to the runtime’s own 360dialog, unless --base-url names another; ${ANY_TEXT}.`,
  ],
  examples: [
    'create --title Support --agent-url https://agent.example/turn --active',
    'create --title Try --agent-url http://localhost:8000 --local',
    'create --from channel.json --json < token.txt',
  ],
  run: async ({ values, terminal, ask, localUrl, next }) => {
    const read = await readFields(values, terminal);
    if (read.kind !== 'fields') return read;
    const { fields } = read;
    const missing = missingIn(fields, localUrl);
    if (missing) return wrongUsage(missing);
    if (fields.token === undefined) {
      if (values.from === '-') return wrongUsage('With --from - the token must be in the JSON too');
      const token = await readToken({ terminal, localUrl });
      if (typeof token !== 'string') return token;
      fields.token = token;
    }
    if (values.active) fields.active = true;
    // Who tries things out on this machine must not reach anyone's phone by leaving something out.
    if (localUrl !== null) fields.base_url ??= `${localUrl}/sandbox/360dialog`;
    const answer = await ask({ method: 'POST', path: '', body: fields });
    return aboutChannel(answer, (about) => created(about, next));
  },
});

/** All that a channel still needs, in a sentence; null: nothing, or only the token, which is asked for. */
function missingIn({ title, agent, token }: ChannelFields, localUrl: string | null) {
  const needs = [
    ...(title === undefined ? ['a --title'] : []),
    ...(agent === undefined ? ['an agent (--agent-url)'] : []),
  ];
  if (needs.length === 0) return null;
  const hint = localUrl === null ? '' : `; ${ANY_TEXT}`;
  const key = `. The 360dialog API key is asked for then, or read from standard input${hint}`;
  return `A channel needs ${needs.join(' and ')}${token === undefined ? key : ''}`;
}

function created(answer: ChannelAnswer, next: NextCommand): string {
  const { channel, api_key = '', agent_secret = '' } = answer;
  const secrets = table(
    [
      ['API key', api_key],
      ['agent secret', agent_secret],
    ],
    '  ',
  );
  return [
    `Created${channel.active ? ' and activated' : ''}.`,
    '',
    channelText(channel),
    '',
    'Shown only this once, so keep them:',
    '',
    secrets,
    ...(channel.active ? [] : ['', `Not active yet: ${next('activate', channel.id)}`]),
  ].join('\n');
}

import type { ChannelView, Warning } from '../../shared/contract/channel-answer.ts';
import { optionsInputSchema } from '../../shared/contract/options-input.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { table } from './table.ts';

/** One channel as a person reads it, without the options that have their default. */
export function channelText(channel: ChannelView): string {
  const { agent, base_url, blocked, held } = channel;
  const headers = Object.keys(agent.headers);
  const rows = [
    ['id', channel.id],
    ['title', channel.title],
    ['active', channel.active ? 'yes' : 'no'],
    ...(blocked
      ? [['blocked', `since ${blocked.since}: ${blocked.reason} (${blocked.code})`]]
      : []),
    ...(held
      ? [['held', `since ${held.since}${held.text ? `, and visitors are told: ${held.text}` : ''}`]]
      : []),
    ['token', channel.token],
    ['hosting', base_url ? `${channel.hosting} at ${base_url}` : channel.hosting],
    ['agent', agentText(agent)],
    ...settingsOf(agent).map(([name, value]) => [`agent ${name}`, value]),
    ['agent timeout', `${agent.timeout_ms} ms`],
    ...(headers.length > 0 ? [['agent headers', headers.join(', ')]] : []),
    ...(agent.events ? [['agent events', agent.events.join(', ')]] : []),
    ...changedOptions(channel).map(([name, value]) => [name, value]),
    ['webhook', channel.webhook_url ?? 'not shown here'],
    ['incoming requests', channel.incoming_request_url ?? 'not shown here'],
    ['version', `${channel.version} of ${channel.updated_at}`],
  ];
  return table(rows, '  ');
}

/** What stands in lines of its own, or is a secret. */
const SHOWN_OTHERWISE = ['kind', 'url', 'headers', 'api_key', 'timeout_ms', 'events'];

/** What only some kinds of agents have: a model, an assistant, a request by example. */
const settingsOf = (agent: ChannelView['agent']): [string, string][] =>
  Object.entries(agent)
    .filter(([name, value]) => !SHOWN_OTHERWISE.includes(name) && value !== null)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);

/** An agent of our own contract is its address; of any other the kind is said, too. */
export const agentText = ({ kind, url }: Pick<ChannelView['agent'], 'kind' | 'url'>): string =>
  kind === 'http' ? `${url}` : `${kind}${url === null ? '' : ` at ${url}`}`;

/** Each warning with what to do about it; '' when there is none. */
export const warningsText = (warnings: Warning[]): string =>
  warnings.map(({ title, detail }) => `\n\nWarning: ${title}\n  ${detail}`).join('');

function changedOptions({ options }: ChannelView): [string, string][] {
  const usual: Record<string, unknown> = parse(optionsInputSchema, {});
  return Object.entries(options)
    .map(([name, value]): [string, string, boolean] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
      JSON.stringify(value) !== JSON.stringify(usual[name]),
    ])
    .filter(([, , changed]) => changed)
    .map(([name, value]) => [name, value]);
}

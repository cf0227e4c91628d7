import type { Channel } from '../../contract/channel.ts';
import type { ChannelView } from '../../contract/channel-answer.ts';
import { MASK } from '../../contract/channel-input.ts';
import type { ChannelSecrets } from '../../contract/channel-secrets.ts';
import { incomingRequestUrl, webhookUrl } from './endpoint-addresses.ts';

/** How the 360dialog API key is shown: enough to recognise it, not enough to use it. */
export const maskedToken = ({ token_last_four }: Pick<Channel, 'token_last_four'>): string =>
  `${MASK}${token_last_four}`;

/** The last four characters of a key that is long enough to keep the rest to itself. */
export const lastFour = (token: string): string => (token.length >= 8 ? token.slice(-4) : '');

/**
 * A channel as an operator sees it. `secrets` null: in a list, where the two addresses that are secret in
 * part are null.
 */
export function channelView(
  channel: Channel,
  secrets: ChannelSecrets | null,
  publicUrl: string,
): ChannelView {
  const { id, agent, blocked, hold } = channel;
  return {
    id,
    version: channel.version,
    type: channel.type,
    connector: channel.connector,
    title: channel.title,
    token: maskedToken(channel),
    hosting: channel.hosting,
    base_url: channel.base_url,
    agent: agentView(agent),
    active: channel.active,
    options: optionsView(channel.options),
    webhook_url: secrets && webhookUrl(publicUrl, id, secrets.webhook_token),
    incoming_request_url:
      secrets && incomingRequestUrl(publicUrl, id, secrets.incoming_request_token),
    blocked: blocked ? { ...blocked, since: new Date(blocked.since).toISOString() } : null,
    held: hold ? { since: new Date(hold.since).toISOString(), text: hold.text } : null,
    created_at: channel.created_at,
    updated_at: channel.updated_at,
  };
}

function optionsView({ transcription, ...options }: Channel['options']): ChannelView['options'] {
  if (!transcription) return { ...options, transcription: null };
  const { header_names, has_api_key, ...settings } = transcription;
  const headers = masked(header_names);
  const key = has_api_key && { api_key: MASK as typeof MASK };
  return { ...options, transcription: { ...settings, headers, ...key } };
}

const masked = (names: string[]): Record<string, typeof MASK> =>
  Object.fromEntries(names.map((name) => [name, MASK] as const));

function agentView({
  kind,
  url,
  header_names,
  has_api_key,
  timeout_ms,
  events,
  ...settings
}: Channel['agent']): ChannelView['agent'] {
  const headers = masked(header_names);
  const key = has_api_key && { api_key: MASK as typeof MASK };
  return { kind, url, headers, ...key, timeout_ms, events, ...settings };
}

import type { AgentSettings } from '../../contract/agent-kind.ts';
import type { Channel } from '../../contract/channel.ts';
import type { ChannelInput } from '../../contract/channel-input.ts';
import type { ChannelOptions } from '../../contract/channel-options.ts';
import type { ChannelSecrets } from '../../contract/channel-secrets.ts';
import type { OptionsInput } from '../../contract/options-input.ts';
import { secretHash } from '../../kernel/hash.ts';
import { withoutSlashes } from '../../kernel/without-slashes.ts';
import { lastFour } from './channel-view.ts';

/** The part of a row that an operator writes. Secrets are left out: the token as a hash, headers as names. */
export const channelFields = ({ token, agent, base_url, options, ...input }: ChannelInput) =>
  ({
    ...input,
    options: optionFields(options),
    base_url: base_url === null ? null : withoutSlashes(base_url),
    agent: agentFields(agent),
    token_last_four: lastFour(token),
    token_sha256: secretHash(token),
  }) satisfies Partial<Channel>;

/** What of the agent is kept with the channel's secrets. */
export const agentSecrets = ({
  agent: { headers, api_key },
}: ChannelInput): Pick<ChannelSecrets, 'agent_headers' | 'agent_api_key'> => ({
  agent_headers: headers,
  agent_api_key: api_key ?? undefined,
});

/** What of the transcriber is kept with them. */
export const transcriberSecrets = ({
  options: { transcription },
}: ChannelInput): Pick<ChannelSecrets, 'transcriber_headers' | 'transcriber_api_key'> => ({
  transcriber_headers: transcription?.headers,
  transcriber_api_key: transcription?.api_key ?? undefined,
});

function optionFields({ transcription, ...options }: OptionsInput): ChannelOptions {
  if (!transcription) return options;
  const { url, model, language, prompt, headers, api_key } = transcription;
  return {
    ...options,
    transcription: {
      url,
      model,
      ...(language && { language }),
      ...(prompt && { prompt }),
      header_names: Object.keys(headers),
      ...(api_key !== null && { has_api_key: true as const }),
    },
  };
}

function agentFields({ headers, api_key, ...agent }: ChannelInput['agent']): Channel['agent'] {
  const { kind, url, timeout_ms, events, ...settings } = agent;
  return {
    kind,
    url,
    timeout_ms,
    events,
    header_names: Object.keys(headers),
    ...(api_key !== null && { has_api_key: true as const }),
    ...withoutNull(settings),
  };
}

/** Null and absent say the same of a setting: it is not set. */
const withoutNull = (settings: { [Name in keyof AgentSettings]: unknown }): AgentSettings =>
  Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== null && value !== undefined),
  );

import { COMMON_SETTINGS, usualOptionsOf } from '../../contract/agent-kind.ts';
import type { Channel } from '../../contract/channel.ts';
import { MASK } from '../../contract/channel-input.ts';
import type { ChannelSecrets } from '../../contract/channel-secrets.ts';
import type { Transcription } from '../../contract/transcription-input.ts';
import { maskedToken } from './channel-view.ts';

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A channel as its operator would write it down now, with an edit laid over it: `agent`,
 * `options` and `options.transcription` are merged key by key, everything else is replaced. A masked token or header value that comes back
 * stays what it is. Nothing is judged here: the outcome is read by `channelInputSchema`.
 */
export function mergeEdit(channel: Channel, secrets: ChannelSecrets, edit: Fields): Fields {
  return {
    type: channel.type,
    connector: channel.connector,
    title: channel.title,
    hosting: channel.hosting,
    base_url: channel.base_url,
    active: channel.active,
    ...edit,
    token:
      edit.token === undefined || edit.token === maskedToken(channel) ? secrets.token : edit.token,
    agent: mergeAgent(channel, secrets, edit.agent),
    options: mergeOptions(channel, secrets, edit),
  };
}

/** A new channel as it was sent, with the options that are usual for its kind of agent. */
export function withUsualOptions(body: unknown): unknown {
  if (!isObject(body) || !isObject(body.agent)) return body;
  const usual = usualOptionsOf(body.agent.kind);
  if (body.options !== undefined && !isObject(body.options)) return body;
  return { ...body, options: { ...usual, ...body.options } };
}

/** An agent of another kind writes in another way: its usual options count, where the edit names none. */
const usualOptionsAfter = ({ agent }: Channel, edit: Fields): Fields =>
  isObject(edit.agent) && edit.agent.kind !== undefined && edit.agent.kind !== agent.kind
    ? usualOptionsOf(edit.agent.kind)
    : {};

/** As for the agent: of the transcriber what the edit does not name stays, and null clears it as a whole. */
function mergeOptions(channel: Channel, secrets: ChannelSecrets, edit: Fields): unknown {
  const { transcription, ...options } = channel.options;
  const kept = transcription ? shownTranscriber(transcription, secrets) : null;
  const merged = over(
    { ...options, transcription: kept, ...usualOptionsAfter(channel, edit) },
    edit.options,
  );
  if (!isObject(merged) || !isObject(merged.transcription) || !kept) return merged;
  const { headers, api_key, ...settings } = merged.transcription;
  const key = kept.api_key !== null && api_key === MASK ? kept.api_key : api_key;
  const named = { ...settings, headers: unmasked(headers, kept.headers), api_key: key };
  return { ...merged, transcription: over(kept, withoutAbsent(named)) };
}

const shownTranscriber = (
  { header_names: _, has_api_key: __, ...settings }: Transcription,
  { transcriber_headers, transcriber_api_key }: ChannelSecrets,
) => ({
  ...settings,
  headers: transcriber_headers ?? {},
  api_key: transcriber_api_key ?? null,
});

/**
 * With another kind the settings that it does not take go, and so does the key, which was meant for another
 * server.
 */
function mergeAgent({ agent }: Channel, secrets: ChannelSecrets, edit: unknown): unknown {
  const { header_names: _, has_api_key, ...shown } = agent;
  const kept: Fields = {
    ...shown,
    headers: secrets.agent_headers,
    api_key: secrets.agent_api_key ?? null,
  };
  if (!isObject(edit)) return edit === undefined ? kept : edit;
  const headers = unmasked(edit.headers, secrets.agent_headers);
  const key = has_api_key && edit.api_key === MASK ? secrets.agent_api_key : edit.api_key;
  const { kind = agent.kind } = edit;
  return over(
    kind === agent.kind ? kept : whatAnyKindHas(kept),
    withoutAbsent({ ...edit, headers, api_key: key }),
  );
}

const whatAnyKindHas = ({ url, headers, timeout_ms, events, ...settings }: Fields): Fields => ({
  url,
  headers,
  timeout_ms,
  events,
  ...Object.fromEntries(COMMON_SETTINGS.map((name) => [name, settings[name]])),
});

/** Lays an object over another; anything else is left for the schema to refuse. */
function over(now: Fields, edit: unknown): unknown {
  if (edit === undefined) return now;
  return isObject(edit) ? { ...now, ...edit } : edit;
}

function unmasked(headers: unknown, kept: Record<string, string>): unknown {
  if (!isObject(headers)) return headers;
  const known = new Map(Object.entries(kept).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value === MASK ? (known.get(name.toLowerCase()) ?? value) : value,
    ]),
  );
}

const withoutAbsent = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

import type { Channel } from '../../contract/channel.ts';
import { MASK } from '../../contract/channel-input.ts';
import type { ChannelSecrets } from '../../contract/channel-secrets.ts';
import { maskedToken } from './channel-view.ts';

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A channel as its operator would write it down now, with an edit laid over it: `agent` and `options`
 * are merged key by key, everything else is replaced. A masked token or header value that comes back
 * stays what it is. Nothing is judged here: the outcome is read by `channelInputSchema`.
 */
export function mergeEdit(channel: Channel, secrets: ChannelSecrets, edit: Fields): Fields {
  const { agent } = channel;
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
    agent: over(
      {
        kind: agent.kind,
        url: agent.url,
        headers: secrets.agent_headers,
        timeout_ms: agent.timeout_ms,
        events: agent.events,
      },
      isObject(edit.agent)
        ? withoutAbsent({
            ...edit.agent,
            headers: unmasked(edit.agent.headers, secrets.agent_headers),
          })
        : edit.agent,
    ),
    options: over(channel.options, edit.options),
  };
}

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

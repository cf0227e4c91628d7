import type { Journey } from './journey.ts';
import { until } from './runtime-until.ts';

export interface ClientAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  text: string;
}

/**
 * The agent's or an external system's calls of the endpoints of a journey's channel
 * (docs/contract.md#agent-to-us).
 */
export interface JourneyClient {
  /** Calls a path below `/v1/channels/{id}`, with the channel's API key. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ClientAnswer>;
  /** `POST /messages`; throws when it is not accepted. Resolves to the ids of the replies. */
  send(
    to: Record<string, string>,
    replies: unknown[],
    more?: Record<string, unknown>,
  ): Promise<string[]>;
  /** Sends an Incoming Request, as an external system does. */
  request(body: unknown, more?: { query?: string; method?: string }): Promise<ClientAnswer>;
}

export async function openClient({ runtime, channel }: Journey): Promise<JourneyClient> {
  const admin = await fetch(`${runtime.url}/admin/channels/${channel.id}`);
  const { incoming_request_url: address } = ((await admin.json()) as { channel: Addresses })
    .channel;
  const json = { 'content-type': 'application/json' };
  const client: JourneyClient = {
    ask: (method, path, body, headers = {}) =>
      call(`${runtime.url}/v1/channels/${channel.id}${path}`, {
        method,
        headers: { authorization: `Bearer ${channel.apiKey}`, ...json, ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    send: async (to, replies, more = {}) => {
      const answer = await client.ask('POST', '/messages', { to, replies, ...more });
      if (answer.status !== 202) throw new Error(`${answer.status} ${answer.text}`);
      return (answer.body.replies as { reply_id: string }[]).map(({ reply_id }) => reply_id);
    },
    request: (body, { query = '', method = 'POST' } = {}) =>
      call(`${address}${query && `?${query}`}`, {
        method,
        headers: json,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
  return client;
}

/**
 * Makes two of the calls that come at once from now on work at the same time: holds up the first
 * that would write to the table until another one has called the table too. Returns whether that
 * happened.
 */
export function meetAtFirstWrite({ runtime }: Journey): () => boolean {
  let calls = 0;
  let have: 'not met' | 'waited' | 'met' = 'not met';
  const remove = runtime.intercept(async ({ caller, service, operation, moment }) => {
    if (caller !== 'requests' || service !== 'dynamodb' || moment !== 'before') return;
    calls += 1;
    if (have !== 'not met' || operation === 'GetItem') return;
    have = 'waited';
    const before = calls;
    await until(() => calls > before, { what: 'the second call' });
    have = 'met';
    remove();
  });
  return () => have === 'met';
}

interface Addresses {
  incoming_request_url: string;
}

async function call(url: string, init: RequestInit): Promise<ClientAnswer> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  const { status, headers } = answer;
  return { status, headers, text, body: text ? JSON.parse(text) : {} };
}

import type { Dialog360Double } from '../../infra/local/dialog360/double.ts';
import type { Payload, Person, PlayedMessage } from '../../infra/local/dialog360/webhook-bodies.ts';
import { bsuidOf, messageBody } from '../../infra/local/dialog360/webhook-bodies.ts';
import type { TestRuntime } from './runtime.ts';

export interface ChannelWish {
  agentUrl: string;
  /** The double of 360dialog; the runtime's own when it is not said. */
  baseUrl?: string;
  token?: string;
  active?: boolean;
  options?: Record<string, unknown>;
}

export interface TestChannel {
  id: string;
  apiKey: string;
  agentSecret: string;
  token: string;
  warnings: { code: string; title: string }[];
}

let made = 0;

/** Creates a channel through the product's own door. */
export async function createChannel(
  runtime: Pick<TestRuntime, 'url'>,
  { agentUrl, baseUrl, token, active = true, options = {} }: ChannelWish,
): Promise<TestChannel> {
  made += 1;
  const key = token ?? `test-key-${made}`;
  const answer = await fetch(`${runtime.url}/admin/channels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'messaging',
      connector: 'dialog360',
      title: 'Test',
      token: key,
      base_url: baseUrl ?? `${runtime.url}/sandbox/360dialog`,
      agent: { kind: 'http', url: agentUrl },
      active,
      options,
    }),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${answer.status} ${text}`);
  const { channel, api_key, agent_secret, warnings } = JSON.parse(text);
  return { id: channel.id, apiKey: api_key, agentSecret: agent_secret, token: key, warnings };
}

/** Posts a message to the webhook the channel has registered, as the provider would. */
export async function postMessage(
  double: Dialog360Double,
  { token }: Pick<TestChannel, 'token'>,
  message: Omit<PlayedMessage, 'sentAt'> & { from: string; name?: string; sentAt?: number },
  payload: Payload = 'v2',
): Promise<number> {
  const { id, from, text, name = 'Anna', sentAt = Date.now() } = message;
  const person: Person = { phone: from, bsuid: bsuidOf(token, from), name };
  return postBody(double, token, messageBody(payload, token, person, { id, text, sentAt }));
}

/** Posts any body to that webhook; resolves to the status. */
export async function postBody(
  double: Dialog360Double,
  token: string,
  body: unknown,
): Promise<number> {
  const { webhook } = double.account(token);
  if (!webhook) throw new Error('the channel has registered no webhook');
  const answer = await fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...webhook.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await answer.arrayBuffer();
  return answer.status;
}

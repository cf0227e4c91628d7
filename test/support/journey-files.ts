import { randomBytes } from 'node:crypto';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { Journey } from './journey.ts';
import { until } from './runtime-until.ts';
import { cloudMessage } from './webhook-bodies.ts';

/** What the agent is told of a file. */
export interface ToldFile {
  id: string | null;
  url: string | null;
  expires_at: string | null;
  mime_type: string;
  sha256?: string;
  filename?: string;
  unavailable?: string;
}

/** The file of an event, if it is about one. */
const fileIn = (event: AgentEvent): ToldFile | null =>
  'message' in event && 'file' in event.message ? (event.message.file as ToldFile) : null;

let sent = 0;

/** Lays a file of a visitor's into the provider's double. Returns the id that a webhook names. */
export function holdFile(
  { provider }: Pick<Journey, 'provider'>,
  token: string,
  file: { mimeType: string; bytes: Buffer },
): string {
  sent += 1;
  const id = String(2 * 10 ** 15 + sent);
  provider.account(token).files.received.set(id, file);
  return id;
}

/** The key of the journey's channel at the provider. */
export const PROVIDER_KEY = 'journey-key-0001';

/** Bytes that no other file has. */
export const someBytes = (size = 5_000): Buffer => randomBytes(size);

/** A channel of the old API, whose webhooks have the flat bodies of v1. */
export interface OldChannel {
  webhookUrl: string;
  token: string;
}

let messages = 0;

/** A visitor sends a message of this type. Resolves to what the agent is told of its file. */
export async function sendFile(
  journey: Journey,
  type: string,
  content: Record<string, unknown>,
  old: OldChannel | null = null,
): Promise<{ file: ToldFile; clientMessage: string }> {
  messages += 1;
  const message = { id: `wamid.file-${messages}`, type, [type]: content };
  const phone = `49172300${String(messages).padStart(4, '0')}`;
  const status = old
    ? await postOld(journey, old, phone, message)
    : await journey.post(cloudMessage({ wa_id: phone }, message));
  if (status !== 200) throw new Error(`the webhook answered ${status}`);
  const event = await until(() =>
    journey.agent
      .turns()
      .map((turn) => turn.event)
      .find((one) => 'message' in one && one.message.id === message.id),
  );
  const file = fileIn(event);
  if (!file) throw new Error('the message has no file');
  const { client_message } = (event as { context: { client_message: string } }).context;
  return { file, clientMessage: client_message };
}

async function postOld(
  { provider }: Journey,
  { webhookUrl, token }: OldChannel,
  phone: string,
  message: Record<string, unknown>,
): Promise<number> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const { headers } = provider.account(token).webhook ?? { headers: {} };
  const answer = await fetch(webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      contacts: [{ profile: { name: 'Anna' }, wa_id: phone }],
      messages: [{ from: phone, timestamp, ...message }],
    }),
  });
  return answer.status;
}

/** The agent asks for a file. */
export const fetchFile = (file: ToldFile, init?: RequestInit): Promise<Response> =>
  fetch(file.url ?? '', init);

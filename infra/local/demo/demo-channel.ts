import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../../../shared/kernel/failure.ts';

/** The channel that `npm start` has ready. */
export interface DemoChannel {
  channelId: string;
  apiKey: string;
  /** Its 360dialog API key, an invented one. */
  token: string;
}

export interface DemoPlace {
  /** The runtime's address. */
  url: string;
  providerUrl: string;
  agentUrl: string;
  /** The file it is kept in; with null it is gone when the process ends. */
  file: string | null;
}

/**
 * Creates the demo channel through the admin endpoints, or finds it again. Throws `Failure` when the
 * endpoint refuses. At another address it is another channel: the old one points to the old port.
 */
export async function demoChannel({ url, providerUrl, agentUrl, file }: DemoPlace) {
  const kept = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const known = (kept as Record<string, DemoChannel>)[url];
  if (known && (await exists(url, known.channelId))) return known;

  const token = `demo-${randomBytes(8).toString('hex')}`;
  const answer = await fetch(`${url}/admin/channels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'messaging',
      connector: 'dialog360',
      title: 'Demo',
      token,
      base_url: providerUrl,
      agent: { kind: 'http', url: agentUrl },
      active: true,
    }),
  });
  const text = await answer.text();
  if (answer.status !== 201) {
    const detail = `The demo channel was not created: ${answer.status} ${text}`;
    throw new Failure('unavailable', { detail });
  }
  const { channel, api_key } = JSON.parse(text) as { channel: { id: string }; api_key: string };
  const made: DemoChannel = { channelId: channel.id, apiKey: api_key, token };
  if (file) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...kept, [url]: made }), { mode: 0o600 });
  }
  return made;
}

/** Whether the channel is still there: the operator may have deleted it. */
const exists = async (url: string, channelId: string): Promise<boolean> =>
  (await fetch(`${url}/admin/channels/${channelId}`)).status === 200;

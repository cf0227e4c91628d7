import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Vector } from '../attacks/vectors/vector.ts';

export interface AttackAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** So long an attack may keep a function busy; the provider itself waits no longer for its 200. */
const MOST_MS = 5_000;

/**
 * Sends a request as it stands: no client in between puts its path or its headers right. `words`: what
 * stands for each `{name}`.
 */
export async function attack(
  origin: string,
  { method = 'GET', path, headers = {}, body = '' }: Vector,
  words: Record<string, string>,
): Promise<AttackAnswer> {
  const { hostname, port } = new URL(origin);
  const written = typeof body === 'function' ? body() : body;
  const text = typeof written === 'string' ? written : JSON.stringify(written);
  const outgoing = request({
    hostname,
    port,
    method,
    path: filled(path, words),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, filled(value, words)]),
    ),
    agent: false,
    signal: AbortSignal.timeout(MOST_MS),
  });
  outgoing.end(filled(text, words));
  const [answer] = await once(outgoing, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: Buffer.concat(chunks).toString(),
  };
}

/** Sends bytes and reads what comes back until the other side hangs up. */
export async function attackWithBytes(
  origin: string,
  bytes: string,
  words: Record<string, string>,
): Promise<string> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // An error is no failure here: hung up on while it still wrote, which is an end too.
  const ended = new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  socket.setTimeout(MOST_MS, () => socket.destroy(new Error('no end')));
  socket.end(filled(bytes, words), 'latin1');
  await ended;
  return Buffer.concat(chunks).toString('latin1');
}

const filled = (text: string, words: Record<string, string>): string =>
  text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => words[name] ?? whole);

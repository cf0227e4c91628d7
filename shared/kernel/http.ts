import { lookup } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './addresses.ts';

/**
 * Where a request may go. `public`: https, and only public addresses, checked at the moment of
 * connecting. `local` (the local runtime): the same, and this machine, over http too.
 */
export type Reach = 'public' | 'local';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** From the first byte out to the last byte in. */
  timeoutMs: number;
  /** The longest body we are willing to read. */
  maxBytes: number;
  reach: Reach;
}

/** What is known after a request. The middle one is the reason this is not `fetch`. */
export type HttpOutcome =
  | { kind: 'answered'; status: number; headers: Record<string, string>; body: Buffer }
  /** Nothing left this machine, so trying again can do nothing twice. */
  | { kind: 'not-sent'; reason: string }
  /** The request left and no (whole) answer came: whether it was carried out is unknown. */
  | { kind: 'no-answer'; reason: 'timeout' | 'reset' | 'too-large' };

/** A frozen Lambda wakes with sockets the other side closed long ago: idle ones are not used again. */
const MAX_IDLE_MS = 4_000;

const openAgents = () => ({
  http: new HttpAgent({ keepAlive: true }),
  https: new HttpsAgent({ keepAlive: true }),
});
let agents = openAgents();
let lastUsedAt = 0;

/**
 * One HTTP exchange with a foreign host: no redirects followed, size and time limited, refused at
 * the moment of connecting where `reach` says so. Never throws.
 */
export function exchange(wanted: HttpRequest): Promise<HttpOutcome> {
  const url = new URL(wanted.url);
  const refusal = refuse(url, wanted.reach);
  if (refusal) return Promise.resolve({ kind: 'not-sent', reason: refusal });

  const { request, agent } =
    url.protocol === 'http:'
      ? { request: requestHttp, agent: freshAgents().http }
      : { request: requestHttps, agent: freshAgents().https };
  return new Promise((resolve) => {
    let connected = false;
    let timedOut = false;
    const outgoing = request(url, {
      method: wanted.method,
      headers: { 'user-agent': 'dialog360-channel', ...headersFor(wanted) },
      agent,
      lookup: guardedLookup(wanted.reach),
    });
    const deadline = setTimeout(() => {
      timedOut = true;
      outgoing.destroy(new Error('timeout'));
    }, wanted.timeoutMs);
    const settle = (outcome: HttpOutcome) => {
      clearTimeout(deadline);
      lastUsedAt = Date.now();
      resolve(outcome);
    };

    outgoing.on('socket', (socket) => {
      connected = !socket.connecting; // a kept-alive one is connected already
      if (connected) return;
      // TLS must stand before a byte of the request leaves.
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (!connected) settle({ kind: 'not-sent', reason: timedOut ? 'timeout' : reasonOf(error) });
      else settle({ kind: 'no-answer', reason: timedOut ? 'timeout' : 'reset' });
    });
    outgoing.on('response', (answer) => {
      readBody(answer, wanted.maxBytes, (body) => {
        if (body === 'too-large') outgoing.destroy();
        settle(
          typeof body === 'string'
            ? { kind: 'no-answer', reason: timedOut ? 'timeout' : body }
            : { kind: 'answered', status: answer.statusCode ?? 0, headers: flat(answer), body },
        );
      });
    });
    outgoing.end(wanted.body);
  });
}

/** The sentence an operator reads when an address may not be used; null when it may. */
export function refuse(url: URL, reach: Reach): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'the address is not https';
  const ours = reach === 'local' && (host === 'localhost' || isLoopbackAddress(host));
  if (url.protocol === 'http:' && !ours) return 'the address is not https';
  if (host === 'localhost' && !ours) return 'the address is not public';
  if (isIP(host) && !ours && !isPublicAddress(host)) return 'the address is not public';
  return null;
}

/** Refuses what a name resolves to, at the moment it is used: a check before that can be outwitted. */
const guardedLookup =
  (reach: Reach): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const open = found.filter(
        ({ address }) =>
          isPublicAddress(address) || (reach === 'local' && isLoopbackAddress(address)),
      );
      const first = open[0];
      if (!first) return callback(new Error('the address is not public'), []);
      if (options.all) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };

function freshAgents() {
  if (Date.now() - lastUsedAt > MAX_IDLE_MS) {
    for (const agent of Object.values(agents)) {
      for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
    }
    agents = openAgents();
  }
  return agents;
}

function headersFor({ body, headers }: HttpRequest): Record<string, string | number> {
  return body === undefined
    ? { ...headers }
    : { ...headers, 'content-length': Buffer.byteLength(body) };
}

function readBody(
  answer: IncomingMessage,
  maxBytes: number,
  done: (body: Buffer | 'too-large' | 'reset') => void,
) {
  const chunks: Buffer[] = [];
  let size = 0;
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else done('too-large');
  });
  answer.on('end', () => {
    if (size <= maxBytes) done(Buffer.concat(chunks));
  });
  answer.on('error', () => done('reset'));
}

const flat = (answer: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );

const reasonOf = (error: NodeJS.ErrnoException): string =>
  error.message.startsWith('the address') ? error.message : (error.code ?? 'connection failed');

import { lookup } from 'node:dns';
import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
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
  /** Ends the exchange early, as if its time were up. */
  signal?: AbortSignal | undefined;
}

/** What is known after a request. `fetch` is not used because it cannot tell `not-sent` from `no-answer`. */
export type HttpOutcome =
  | { kind: 'answered'; status: number; headers: Record<string, string>; body: Buffer }
  /** Nothing left this machine, so trying again can do nothing twice. */
  | { kind: 'not-sent'; reason: string }
  /** The request left and no (whole) answer came: whether it was carried out is unknown. */
  | { kind: 'no-answer'; reason: 'timeout' | 'reset' | 'too-large' | 'ended' };

/**
 * Whether an exchange says that its host is in trouble: it did not answer, could not be reached, or
 * answered 5xx. A 4xx is an answer like any other, and so is one that is too large; an address that may
 * not be called says nothing of its host.
 */
export function hasFailed(
  outcome: { kind: 'answered'; status: number } | Exclude<HttpOutcome, { kind: 'answered' }>,
): boolean {
  switch (outcome.kind) {
    case 'answered':
      return outcome.status >= 500;
    case 'not-sent':
      return !outcome.reason.startsWith('the address');
    case 'no-answer':
      return outcome.reason !== 'too-large';
  }
}

/** A frozen Lambda wakes with sockets the other side closed long ago: idle ones are not used again. */
const MAX_IDLE_MS = 4_000;

const agents = {
  http: new HttpAgent({ keepAlive: true }),
  https: new HttpsAgent({ keepAlive: true }),
};
/** When the last exchange over a connection ended, epoch milliseconds. */
const restingSince = new WeakMap<Socket, number>();

/**
 * One HTTP exchange with a foreign host: no redirects followed, size and time limited, refused at
 * the moment of connecting where `reach` says so. Never throws.
 */
export async function exchange(wanted: HttpRequest): Promise<HttpOutcome> {
  const url = URL.parse(wanted.url);
  if (!url) return notSent('the address cannot be read');
  const refusal = refuse(url, wanted.reach);
  if (refusal) return notSent(refusal);
  try {
    return await outcomeOf(begin(url, wanted), wanted);
  } catch (error) {
    return notSent(reasonOf(error as NodeJS.ErrnoException)); // a header that HTTP cannot carry
  }
}

function begin(url: URL, wanted: HttpRequest): ClientRequest {
  const secure = url.protocol === 'https:';
  const agent = secure ? agents.https : agents.http;
  closeIdle(agent);
  return (secure ? requestHttps : requestHttp)(url, {
    method: wanted.method,
    headers: { 'user-agent': 'dialog360-channel', ...headersFor(wanted) },
    agent,
    lookup: guardedLookup(wanted.reach),
  });
}

function outcomeOf(outgoing: ClientRequest, wanted: HttpRequest): Promise<HttpOutcome> {
  return new Promise((resolve) => {
    let connected = false;
    const settle = (outcome: HttpOutcome) => {
      clearTimeout(deadline);
      wanted.signal?.removeEventListener('abort', end);
      if (outgoing.socket) restingSince.set(outgoing.socket, Date.now());
      resolve(outcome);
    };
    const answered = (answer: IncomingMessage, body: Buffer) => {
      settle({ kind: 'answered', status: answer.statusCode ?? 0, headers: flat(answer), body });
    };
    const giveUp = (reason: 'timeout' | 'ended') => {
      // Settled here and not by an event: there are answers after which Node has none to give.
      settle(connected ? { kind: 'no-answer', reason } : notSent(reason));
      outgoing.destroy();
    };
    const deadline = setTimeout(() => giveUp('timeout'), wanted.timeoutMs);
    const end = () => giveUp('ended');
    wanted.signal?.addEventListener('abort', end);

    outgoing.on('socket', (socket) => {
      connected = !socket.connecting; // a kept-alive one is connected already
      if (connected) return;
      // TLS must stand before a byte of the request leaves.
      socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      settle(connected ? { kind: 'no-answer', reason: 'reset' } : notSent(reasonOf(error)));
    });
    // We never ask for another protocol: the offer of one is an answer like any other, and is not taken.
    outgoing.on('upgrade', (answer, socket) => {
      socket.destroy();
      answered(answer, Buffer.alloc(0));
    });
    outgoing.on('response', (answer) => {
      readBody(answer, wanted.maxBytes, (body) => {
        if (body === 'too-large') outgoing.destroy();
        if (typeof body === 'string') settle({ kind: 'no-answer', reason: body });
        else answered(answer, body);
      });
    });
    if (wanted.signal?.aborted) end();
    else outgoing.end(wanted.body);
  });
}

const notSent = (reason: string): HttpOutcome => ({ kind: 'not-sent', reason });

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
export const guardedLookup =
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

function closeIdle({ freeSockets }: HttpAgent): void {
  const since = Date.now() - MAX_IDLE_MS;
  for (const socket of Object.values(freeSockets).flat()) {
    if (socket && (restingSince.get(socket) ?? 0) < since) socket.destroy();
  }
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

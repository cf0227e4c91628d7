// Runs in a sandbox, before the bundle is loaded: shows the local runtime which calls a function makes.
import type { ClientRequest, IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { readJson } from '../../../shared/kernel/read-json.ts';
import type { SeenCall } from './seen-call.ts';

type Request = (...args: unknown[]) => ClientRequest;

/** What a message and its answer fill is far below; files are passed over. */
const MOST_BYTES = 256 * 1024;
/** Shown as `…`. */
const SECRET = /key|authorization|cookie|token|secret/;
/** What belongs to one connection. */
const PASSED_OVER = new Set(['host', 'connection']);

/**
 * From now on `tell` hears of each call that ends, but of those to AWS. `require` gives the same module
 * that the bundle gets, and the bundle takes `request` from it at each call.
 */
export function watchCalls(tell: (call: SeenCall) => void, passOver: ReadonlySet<string>): void {
  const load = createRequire(__filename);
  for (const name of ['node:http', 'node:https']) {
    const module = load(name) as { request: Request };
    const { request } = module;
    module.request = (...args) => {
      const outgoing = request(...args);
      const [where] = args;
      if (where instanceof URL && !passOver.has(where.host)) watch(where, outgoing, tell);
      return outgoing;
    };
  }
}

function watch(url: URL, outgoing: ClientRequest, tell: (call: SeenCall) => void): void {
  const at = Date.now();
  const sent = new Pieces();
  for (const name of ['write', 'end'] as const) {
    const original = outgoing[name].bind(outgoing) as (...args: unknown[]) => never;
    const seen = (...args: unknown[]) => {
      sent.add(args[0]);
      return original(...args);
    };
    Object.assign(outgoing, { [name]: seen });
  }
  const end = (answer: { status: number; body: unknown } | { error: string }) => {
    tell({
      at,
      took_ms: Date.now() - at,
      method: outgoing.method,
      url: url.href,
      headers: headersOf(outgoing.getHeaders()),
      body: sent.read(String(outgoing.getHeader('content-type') ?? '')),
      status: 'status' in answer ? answer.status : null,
      answer: 'status' in answer ? answer.body : null,
      error: 'error' in answer ? answer.error : null,
    });
  };
  let isAnswered = false;
  outgoing.prependListener('response', (response: IncomingMessage) => {
    isAnswered = true;
    const received = new Pieces();
    const push = response.push.bind(response);
    response.push = (chunk, encoding) => {
      received.add(chunk);
      return push(chunk, encoding);
    };
    response.once('close', () => {
      const body = received.read(response.headers['content-type'] ?? '');
      if (response.complete) end({ status: response.statusCode ?? 0, body });
      else end({ error: 'the answer broke off' });
    });
  });
  let error = 'no answer in time';
  outgoing.prependListener('error', ({ code, message }: NodeJS.ErrnoException) => {
    error = code ?? message;
  });
  outgoing.once('close', () => {
    if (!isAnswered) end({ error });
  });
}

/** The pieces of a body, as far as one wants to look at them. */
class Pieces {
  readonly #pieces: Buffer[] = [];
  #bytes = 0;

  add(piece: unknown): void {
    if (typeof piece !== 'string' && !(piece instanceof Uint8Array)) return;
    const bytes = Buffer.from(piece as string);
    this.#bytes += bytes.length;
    if (this.#bytes <= MOST_BYTES) this.#pieces.push(bytes);
  }

  read(contentType: string): unknown {
    if (this.#bytes === 0) return null;
    if (!/json|text|xml/.test(contentType)) return `(${this.#bytes} bytes of ${contentType})`;
    const text = Buffer.concat(this.#pieces).toString();
    const json = readJson(text);
    return json === undefined ? text : json;
  }
}

const headersOf = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      PASSED_OVER.has(name) || value === undefined
        ? []
        : [[name, SECRET.test(name) ? '…' : String(value)]],
    ),
  );

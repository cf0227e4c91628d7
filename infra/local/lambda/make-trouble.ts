// Runs in a sandbox, before the bundle is loaded: lets go wrong what people asked for (infra/local/faults).
import type { ClientRequest } from 'node:http';
import { createRequire } from 'node:module';
import type { Trouble } from './trouble.ts';

type Request = (...args: unknown[]) => ClientRequest;
type Options = { method?: string; headers?: Record<string, string>; agent?: unknown };

const SLOW_MS = 10_000;
/** Where no server listens. */
const NOWHERE = 'http://127.0.0.1:1/';

let trouble: Trouble | null = null;
let isMade = false;

/** What is to go wrong from now on: with the first request that fits. */
export function expectTrouble(next: Trouble | null): void {
  trouble = next;
  isMade = false;
}

/** Whether it has gone wrong since. */
export const troubleIsMade = (): boolean => isMade;

/** 360dialog is called by its key; nothing else is. */
const hasKey = (headers: Record<string, string> = {}): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'd360-api-key');

interface Place {
  /** The sender's trouble is with 360dialog, everyone else's with the agent. */
  isSender: boolean;
  /** What answers with something that no agent would answer. */
  nonsenseUrl: string;
  /** The hosts of AWS. */
  passOver: ReadonlySet<string>;
}

/** Stands between the function and the network. */
export function makeTrouble({ isSender, nonsenseUrl, passOver }: Place): void {
  const load = createRequire(__filename);
  const modules = ['node:http', 'node:https'].map((name) => load(name) as { request: Request });
  const plain = (modules[0] as { request: Request }).request;
  for (const module of modules) {
    const { request } = module;
    module.request = (...args) => {
      const [url, options] = args as [URL, Options];
      if (trouble === null || isMade || !(url instanceof URL) || passOver.has(url.host)) {
        return request(...args);
      }
      const isProvider = hasKey(options.headers);
      const isMessage = isProvider && url.pathname.endsWith('/messages');
      const fits = options.method === 'POST' && (isSender ? isMessage : !isProvider);
      if (!fits) return request(...args);
      isMade = true;
      return strike(trouble, { request, plain, args, options });
    };
  }

  function strike(
    what: Trouble,
    {
      request,
      plain,
      args,
      options,
    }: { request: Request; plain: Request; args: unknown[]; options: Options },
  ): ClientRequest {
    // Another protocol may be in use from now on, and the connections that are kept are of the first.
    const elsewhere = (address: string) =>
      plain(new URL(address), { ...options, agent: undefined });
    if (what === 'down') return elsewhere(NOWHERE);
    if (what === 'nonsense') return elsewhere(nonsenseUrl);
    const outgoing = request(...args);
    if (what === 'slow') {
      const end = outgoing.end.bind(outgoing) as Request;
      outgoing.end = ((...rest: unknown[]) => {
        setTimeout(() => end(...rest), SLOW_MS);
        return outgoing;
      }) as ClientRequest['end'];
    } else outgoing.prependListener('response', () => process.kill(process.pid, 'SIGKILL'));
    return outgoing;
  }
}

import { isLoopbackHost } from '../../../shared/kernel/addresses.ts';
import { problemAnswer } from './problem-answer.ts';
import type { HttpAnswer, HttpAsk } from './serve.ts';

/**
 * In the cloud the operator signs; here the operator is the person at this machine. Refuses a call
 * from a page of another site, and one under a foreign name that points to this machine. Null: not
 * refused.
 */
export function onlyThisMachine({ headers }: HttpAsk): HttpAnswer | null {
  if (!isLocal(`http://${headers.host}`)) {
    return refuse('Host', 'Call it as localhost or 127.0.0.1: it is open to this machine only.');
  }
  if (headers.origin !== undefined && !isLocal(headers.origin)) {
    return refuse('Origin', 'A page of another site may not call it.');
  }
  return null;
}

/** The same, and a body must say that it is JSON, which a form of another site cannot. */
export function onlyThisMachineInJson(ask: HttpAsk): HttpAnswer | null {
  const stranger = onlyThisMachine(ask);
  if (stranger) return stranger;
  const written = ask.headers['content-type'];
  if (ask.sizeBytes === 0 || mediaTypeOf(written) === 'application/json') return null;
  const found = written ? `says content-type: ${mediaTypeOf(written)}` : 'has no content-type';
  const detail = `The body ${found}. Send it as content-type: application/json.`;
  return problemAnswer(415, 'payload-unreadable', detail);
}

const mediaTypeOf = (written = ''): string => written.split(';')[0]?.trim().toLowerCase() ?? '';

const refuse = (header: string, cure: string) =>
  problemAnswer(403, 'unauthorized', `Refused because of its ${header}. ${cure}`);

/** Whether an address or an origin names this machine. */
export const isLocal = (address: string): boolean =>
  URL.canParse(address) && isLoopbackHost(new URL(address).hostname);

import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { isLocal } from '../http/only-this-machine.ts';
import { RUN_TOKEN } from './client-options.ts';

/**
 * Lets only this run's own programs call an emulator: no page in a browser, which sends its `Origin`, none
 * under a foreign name that points to this machine, and no other program, which does not know the token.
 */
export const onlyThisRun =
  (carryOut: RequestListener): RequestListener =>
  (request, response) => {
    if (isOfThisRun(request.headers)) return carryOut(request, response);
    request.resume();
    const body = JSON.stringify({ __type: 'AccessDeniedException', message: 'not of this run' });
    response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  };

function isOfThisRun({ host, origin, ...headers }: IncomingHttpHeaders): boolean {
  if (origin !== undefined || !isLocal(`http://${host}`)) return false;
  const [shown, wanted] = [String(headers['x-amz-security-token'] ?? ''), RUN_TOKEN].map((token) =>
    Buffer.from(token),
  ) as [Buffer, Buffer];
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}

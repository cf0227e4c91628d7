import type { RequestListener } from 'node:http';
import { Failure } from '../../shared/kernel/failure.ts';
import { type Listening, listenOnLoopback } from './http/listen-on-loopback.ts';

/** Listens on this port. Throws `Failure('unavailable')` with a sentence for people when it cannot be had. */
export async function takePort(listener: RequestListener, port: number): Promise<Listening> {
  try {
    return await listenOnLoopback(listener, port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const other =
      code === 'EADDRINUSE' && (await isRuntime(port)) ? OTHER_RUNTIME : 'another program. ';
    const detail =
      code === 'EADDRINUSE'
        ? `Port ${port} is taken by ${other}Choose another one: npm start -- --port ${port + 1}`
        : `Port ${port} cannot be used: ${message}`;
    throw new Failure('unavailable', { detail }, error);
  }
}

const OTHER_RUNTIME = 'another npm start. Stop that one with Ctrl-C, or keep both. ';

/** Whether it is a local runtime that listens there. */
const isRuntime = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(500) }).then(
    async (answer) => (await answer.text()).startsWith('{"status":'),
    () => false,
  );

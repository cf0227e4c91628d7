import { listenOnLoopback } from '../http/listen-on-loopback.ts';
import { serve } from '../http/serve.ts';
import { Dialog360Double } from './double.ts';
import type { DoubleOptions } from './double-options.ts';
import { MAX_UPLOAD_BYTES } from './media-library.ts';
import { answerPlay } from './play/answer-play.ts';

export interface StartedDouble {
  double: Dialog360Double;
  /** What a channel's `base_url` must be. */
  url: string;
  stop(): Promise<void>;
}

/**
 * The double of 360dialog on a port of its own, for tests. Takes files of any size WhatsApp takes.
 */
export async function startDouble(options: DoubleOptions & { port?: number } = {}) {
  const double = new Dialog360Double(options);
  const listener = serve(
    async (ask) => (await answerPlay(double, ask)) ?? double.answerTo(ask),
    { maxBodyBytes: MAX_UPLOAD_BYTES + 1024 * 1024 }, // the form is around the file
  );
  const { port, close } = await listenOnLoopback(listener, options.port);
  double.url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await double.stop();
    await close();
  };
  return { double, url: double.url, stop } satisfies StartedDouble;
}

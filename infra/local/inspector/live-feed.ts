import { Readable } from 'node:stream';
import type { HttpAnswer, HttpAsk } from '../http/serve.ts';
import type { LiveEvent } from './trail.ts';

/** So often a line goes out although nothing happens: a connection that is dead is noticed. */
const BEAT_MS = 15_000;

/** Sends what happens to every page that listens, as server-sent events. */
export class LiveFeed {
  readonly #listeners = new Set<Readable>();
  #beat: NodeJS.Timeout | undefined;

  send(event: LiveEvent): void {
    this.#write(lineOf(event));
  }

  /**
   * The answer that never ends, until its caller hangs up or the runtime stops. It begins with how things stand,
   * so that what is heard later is always newer.
   */
  answer({ hungUp }: HttpAsk, standing: LiveEvent[]): HttpAnswer {
    const body = new Readable({ read: () => {} });
    const leave = () => {
      this.#listeners.delete(body);
      body.destroy();
    };
    body.on('close', leave);
    body.on('error', leave);
    hungUp?.addEventListener('abort', leave);
    this.#listeners.add(body);
    this.#beat ??= setInterval(() => this.#write(':\n\n'), BEAT_MS).unref();
    body.push('retry: 500\n\n');
    for (const event of standing) body.push(lineOf(event));
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      body,
    };
  }

  stop(): void {
    clearInterval(this.#beat);
    for (const listener of this.#listeners) listener.push(null);
  }

  #write(text: string): void {
    for (const listener of this.#listeners) listener.push(text);
  }
}

const lineOf = (event: LiveEvent): string => `data: ${JSON.stringify(event)}\n\n`;

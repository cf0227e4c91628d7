import type { ChatLine } from '../../infra/local/dialog360/chat/chat-line.ts';
import { type StartedDouble, startDouble } from '../../infra/local/dialog360/start-double.ts';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { json, serve } from '../../infra/local/http/serve.ts';

/** What the endpoints of a played visitor answer. */
export interface PlayAnswer {
  /** Of a refusal: what would do. */
  example?: object;
  played: string;
  became: string;
  next: string;
  message_id: string;
  replies: ChatLine[];
  detail: string;
  errors: { path: string; detail: string }[];
}

export interface PlayStage {
  provider: StartedDouble;
  /** The messages the webhook got, each as the provider posts it, with its contact. */
  posted: { message: Record<string, unknown>; contact: Record<string, unknown> }[];
  /** The bodies of the statuses the webhook got. */
  statuses: Record<string, unknown>[];
  /** Sends as the business, which is the number `key-1`. */
  send(message: Record<string, unknown>, path?: string): Promise<{ status: number; body: unknown }>;
  play(body: unknown, path?: string): Promise<{ status: number; body: PlayAnswer }>;
  call(path: string, init?: RequestInit): Promise<{ status: number; body: unknown }>;
  chat(person: string): Promise<{ typing_at: string | null; messages: ChatLine[] }>;
  stop(): Promise<void>;
}

/** The double of 360dialog with one registered webhook, which keeps what it gets. */
export async function startPlay(): Promise<PlayStage> {
  const provider = await startDouble({ statusGapMs: 1 });
  const posted: PlayStage['posted'] = [];
  const statuses: PlayStage['statuses'] = [];
  const business = await listenOnLoopback(
    serve(({ body }) => {
      const whole = JSON.parse(body.toString());
      const value = whole.entry?.[0].changes[0].value ?? whole;
      if (value.statuses) statuses.push(value.statuses[0]);
      else posted.push({ message: value.messages[0], contact: value.contacts[0] });
      return json(200, {});
    }),
  );
  const call: PlayStage['call'] = async (path, init) => {
    const answer = await fetch(`${provider.url}${path}`, init);
    return { status: answer.status, body: await answer.json() };
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    call(path, {
      method: 'POST',
      headers:
        body instanceof FormData ? headers : { 'content-type': 'application/json', ...headers },
      body: body instanceof FormData ? body : JSON.stringify(body),
    });
  const key = { 'd360-api-key': 'key-1' };
  await post('/v1/configs/webhook', { url: `http://localhost:${business.port}/` }, key);
  return {
    provider,
    posted,
    statuses,
    call,
    send: (message, path = '/messages') =>
      post(
        path,
        path === '/messages' ? { messaging_product: 'whatsapp', ...message } : message,
        key,
      ),
    play: (body, path = '/play?wait=0') =>
      post(path, body) as Promise<{ status: number; body: PlayAnswer }>,
    chat: async (person) =>
      (await call(`/chats/${encodeURIComponent(person)}`)).body as Awaited<
        ReturnType<PlayStage['chat']>
      >,
    stop: async () => {
      await provider.stop();
      await business.close();
    },
  };
}

import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../infra/local/http/serve.ts';

interface Webhook {
  url: string;
  headers?: Record<string, string>;
}

/** How the provider answers one call: with an answer of its own, or null for the usual one. */
type Behaviour = (ask: HttpAsk) => HttpAnswer | null;

export interface ProviderDouble {
  /** What a channel's `base_url` must be. */
  url: string;
  /** By API key. */
  webhooks: Map<string, Webhook>;
  /** Method, path and key of every call, in order. */
  calls: { method: string; path: string; key: string }[];
  /** Changes how it behaves; null: as usual. */
  behave(behaviour: Behaviour | null): void;
  stop(): Promise<void>;
}

/**
 * The part of 360dialog's API that is not about messages, for tests of one function: webhook, health and
 * templates, on a loopback port, below a path of its own.
 */
export async function startProviderDouble(): Promise<ProviderDouble> {
  const webhooks = new Map<string, Webhook>();
  const calls: ProviderDouble['calls'] = [];
  let behaviour: Behaviour | null = null;

  const answerTo = (ask: HttpAsk): HttpAnswer => {
    const key = ask.headers['d360-api-key'] ?? '';
    const path = ask.path.replace('/double', '');
    calls.push({ method: ask.method, path, key });
    return behaviour?.(ask) ?? usual(ask, path, key);
  };

  const usual = (ask: HttpAsk, path: string, key: string): HttpAnswer => {
    if (path === '/v1/configs/webhook') {
      if (ask.method === 'POST') webhooks.set(key, JSON.parse(ask.body.toString()));
      return json(200, webhooks.get(key) ?? { url: null, headers: {} });
    }
    if (path === '/health_status') {
      return json(200, { health_status: { can_send_message: 'AVAILABLE', entities: [] } });
    }
    if (path === '/message_templates') {
      const template = { name: 'hello', language: 'en', status: 'approved', category: 'UTILITY' };
      return json(200, { data: [template, { ...template, name: 'draft', status: 'PENDING' }] });
    }
    return json(404, { meta: { success: false, developer_message: 'not found' } });
  };

  const { port, close } = await listenOnLoopback(serve(answerTo));
  return {
    url: `http://127.0.0.1:${port}/double`,
    webhooks,
    calls,
    behave: (next) => {
      behaviour = next;
    },
    stop: close,
  };
}

import type { WebhookRegistration } from './webhook.ts';

/** Reads a body of `POST /v1/configs/webhook`; null: it names no address. */
export function readRegistration(body: unknown): WebhookRegistration | null {
  const { url, headers = {} } = (body ?? {}) as { url?: unknown; headers?: unknown };
  if (typeof url !== 'string' || !URL.canParse(url) || typeof headers !== 'object') return null;
  return { url, headers: (headers ?? {}) as Record<string, string> };
}

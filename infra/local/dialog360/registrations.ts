import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DoubleAccount } from './account.ts';
import type { WebhookRegistration } from './webhook.ts';

/** Reads a body of `POST /v1/configs/webhook`; null: it names no address. */
export function readRegistration(body: unknown): WebhookRegistration | null {
  const { url, headers = {} } = (body ?? {}) as { url?: unknown; headers?: unknown };
  if (typeof url !== 'string' || !URL.canParse(url) || typeof headers !== 'object') return null;
  return { url, headers: (headers ?? {}) as Record<string, string> };
}

interface Kept {
  publicUrl: string;
  webhooks: [key: string, WebhookRegistration][];
}

/**
 * The webhooks that the last run registered, by key. Those at our own address follow it to its new
 * port.
 */
export function readRegistrations(file: string, publicUrl: string): Kept['webhooks'] {
  if (!existsSync(file)) return [];
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
  return kept.webhooks.map(([key, { url, headers }]) => [
    key,
    {
      url: url.startsWith(`${kept.publicUrl}/`)
        ? publicUrl + url.slice(kept.publicUrl.length)
        : url,
      headers,
    },
  ]);
}

export function keepRegistrations(
  file: string,
  publicUrl: string,
  accounts: Iterable<DoubleAccount>,
): void {
  const webhooks = [...accounts].flatMap(({ key, webhook }) =>
    webhook ? [[key, webhook] as const] : [],
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ publicUrl, webhooks }), { mode: 0o600 });
}

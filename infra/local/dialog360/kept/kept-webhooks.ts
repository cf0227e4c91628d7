import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DoubleAccount } from '../account.ts';
import type { WebhookRegistration } from '../webhook.ts';

interface Kept {
  publicUrl: string;
  webhooks: [key: string, WebhookRegistration][];
}

/**
 * The webhooks that the last run registered, by key. Those at our own address follow it to its new
 * port.
 */
export function readWebhooks(file: string, publicUrl: string): Kept['webhooks'] {
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

export function keepWebhooks(
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

import { createHmac } from 'node:crypto';

/**
 * The headers of the Standard Webhooks scheme (https://www.standardwebhooks.com, specification 1.0.0,
 * read 2026-11-23): HMAC-SHA256 over `id.timestamp.body`, one signature for each valid secret, so
 * that a receiver with the old or the new one can verify during a rotation.
 */
export function signedHeaders({
  id,
  body,
  secrets,
  at,
}: {
  id: string;
  body: string;
  /** `whsec_` and base64, newest first. */
  secrets: string[];
  /** Epoch seconds. */
  at: number;
}): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': signatures.join(' '),
  };
}

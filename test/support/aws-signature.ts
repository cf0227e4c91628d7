import { createHash, createHmac } from 'node:crypto';
import type { HttpAsk } from '../../infra/local/http/serve.ts';

export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) =>
  createHmac('sha256', key).update(data).digest();
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) =>
    `%${c.charCodeAt(0).toString(16)}`.toUpperCase(),
  );

/**
 * What AWS would find wrong with a request's Signature Version 4; null: nothing. Written from the
 * description of the scheme
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, read
 * 2026-11-23) and not from the library that signs.
 */
export function signatureFault(
  ask: HttpAsk,
  keys: Keys,
  { service, region }: { service: string; region: string },
): string | null {
  const { authorization = '', 'x-amz-date': date = '' } = ask.headers;
  const [, key, scope, names = '', signature] =
    authorization.match(
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/,
    ) ?? [];
  if (!key) return `no signature: ${authorization}`;
  if (key !== keys.accessKeyId) return `key ${key}`;
  const wantedScope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  if (scope !== wantedScope) return `scope ${scope}, not ${wantedScope}`;
  if (ask.headers['x-amz-security-token'] !== keys.sessionToken) return 'session token';
  const signed = names.split(';');
  const mustBe = ['host', 'x-amz-date', ...(keys.sessionToken ? ['x-amz-security-token'] : [])];
  const forgotten = mustBe.filter((name) => !signed.includes(name));
  if (forgotten.length > 0) return `not signed: ${forgotten}`;

  const query = [...new URLSearchParams(ask.query)]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  const canonical = [
    ask.method,
    // Each segment is encoded once more, as for every service but S3.
    ask.path.split('/').map(encoded).join('/'),
    query.join('&'),
    ...signed.map((name) => `${name}:${ask.headers[name]?.trim().replace(/ +/g, ' ')}`),
    '',
    names,
    sha256(ask.body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const signingKey = [region, service, 'aws4_request'].reduce(
    (key, word) => hmac(key, word),
    hmac(`AWS4${keys.secretAccessKey}`, date.slice(0, 8)),
  );
  return hmac(signingKey, toSign).toString('hex') === signature ? null : 'signature';
}

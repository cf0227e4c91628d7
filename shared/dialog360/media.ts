import { multipart } from '../kernel/multipart.ts';
import { readRetryAfter } from '../kernel/retry-after.ts';
import { readProviderError } from '../whatsapp/provider-errors.ts';
import { type CallLimits, call } from './call.ts';
import type { Account } from './hosts.ts';

/** A file to upload, and the name the provider stores it under. */
export interface Upload {
  bytes: Buffer;
  mimeType: string;
  filename: string;
}

/** `refused`: WhatsApp will not take this file, so sending its link as a file is no use either. */
export type Uploaded =
  | { kind: 'uploaded'; id: string }
  | { kind: 'failed' | 'refused'; reason: string }
  /** Too many uploads at once: the same file may be taken later. */
  | { kind: 'too-fast'; reason: string; retryAfterMs: number | null };

/** Large files take their time; the message that needs it waits. */
const TIMEOUT_MS = 25_000;

/** Uploads a file, to be sent by id (docs/360dialog.md#media). Never throws. */
export async function uploadMedia(
  account: Account,
  upload: Upload,
  limits: Omit<CallLimits, 'timeoutMs'>,
): Promise<Uploaded> {
  const isLegacy = account.hosting === 'on-premise';
  const answer = await call(
    account,
    {
      method: 'POST',
      path: isLegacy ? '/v1/media' : '/media',
      body: isLegacy ? { bytes: upload.bytes, type: upload.mimeType } : asForm(upload),
    },
    { ...limits, timeoutMs: TIMEOUT_MS },
  );
  if (answer.kind !== 'answered') return { kind: 'failed', reason: answer.reason };
  const { status, headers, json, bytes } = answer;
  const id = status < 300 ? idIn(json) : null;
  if (id !== null) return { kind: 'uploaded', id };
  // Trouble with the key, the account or the pace says nothing about the file: its link may still go.
  const { next, failureCode } = readProviderError(status, bytes.toString('utf8'));
  if (next === 'retry' && status < 500) {
    const retryAfterMs = readRetryAfter(headers['retry-after'], headers.date);
    return { kind: 'too-fast', reason: failureCode, retryAfterMs };
  }
  const isTheFile = next === 'media' || next === 'final';
  return { kind: isTheFile ? 'refused' : 'failed', reason: failureCode };
}

function idIn(json: unknown): string | null {
  const { id, media } = (json ?? {}) as { id?: unknown; media?: { id?: unknown }[] };
  const found = id ?? media?.[0]?.id;
  return typeof found === 'string' && found !== '' ? found : null;
}

const asForm = ({ bytes, mimeType, filename }: Upload) =>
  multipart(
    { messaging_product: 'whatsapp', type: mimeType },
    { name: 'file', filename, mimeType, pieces: [bytes] },
  );

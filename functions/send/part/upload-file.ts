import { fetchFile } from '../../../shared/dialog360/foreign-file.ts';
import type { Account } from '../../../shared/dialog360/hosts.ts';
import { uploadMedia } from '../../../shared/dialog360/media.ts';
import type { Reach } from '../../../shared/kernel/http.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';
import {
  mediaForm,
  nameForUpload,
  partWithMediaId,
} from '../../../shared/whatsapp/outbound/media-form.ts';
import type { RenderedPart } from '../../../shared/whatsapp/outbound/rendering.ts';
import { sniffMedia } from '../../../shared/whatsapp/outbound/sniff-media.ts';

/**
 * A part whose file goes by id: fetched, looked at, uploaded. Where any of that cannot be done the
 * part goes by link. No upload is kept for its address: tomorrow the address may hold another file.
 */
export async function uploadFile(
  account: Account,
  part: RenderedPart,
  limits: { reach: Reach; signal: AbortSignal },
): Promise<RenderedPart> {
  const { file } = part;
  // The sandbox takes no uploads (docs/360dialog.md#media).
  if (!file || account.hosting === 'sandbox') return part;
  const fetched = await fetchFile(file.url, limits);
  if (fetched.kind === 'failed') return byLink(part, 'fetch', fetched.reason);
  const mimeType = sniffMedia(fetched.bytes, fetched.claimedType);
  const form = mediaForm(file, { mimeType, sizeBytes: fetched.bytes.length });
  if (!form) return byLink(part, 'form', 'too large for WhatsApp');
  const uploaded = await uploadMedia(
    account,
    { bytes: fetched.bytes, mimeType, filename: nameForUpload(file.filename, mimeType) },
    limits,
  );
  if (uploaded.kind !== 'uploaded') {
    const instead = uploaded.kind === 'refused' ? (part.fallback ?? part) : part;
    return byLink(instead, 'upload', uploaded.reason);
  }
  return partWithMediaId({ part, file }, uploaded.id, form);
}

function byLink(part: RenderedPart, step: 'fetch' | 'form' | 'upload', reason: string) {
  count('file-sent-by-link');
  log.info('file-sent-by-link', { step, reason });
  return part;
}

import { UPLOAD_STEPS, type UploadStep } from '../../../shared/contract/upload-step.ts';
import { fetchFile } from '../../../shared/dialog360/foreign-file.ts';
import type { Account } from '../../../shared/dialog360/hosts.ts';
import { uploadMedia } from '../../../shared/dialog360/media.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';
import { nameForUpload } from '../../../shared/whatsapp/outbound/file-name.ts';
import { mediaForm, partWithMediaId } from '../../../shared/whatsapp/outbound/media-form.ts';
import type { RenderedPart } from '../../../shared/whatsapp/outbound/rendering.ts';
import { sniffMedia } from '../../../shared/whatsapp/outbound/sniff-media.ts';
import type { Visit } from '../visit.ts';
import { waitForUpload } from './wait-for-upload.ts';

/** A part that may leave, or one whose file 360dialog takes later. */
export type UploadedPart = RenderedPart | { waitMs: number };

/** After a 429 that does not say how long. */
const TOO_FAST_MS = 1_000;

/**
 * A part whose file goes by id: fetched, looked at, uploaded. Where any of that cannot be done the
 * part goes by link, but for too many uploads at once: then it waits. No upload is kept for its
 * address: tomorrow the address may hold another file.
 */
export async function uploadFile(
  { deps, channel }: Pick<Visit, 'deps' | 'channel'>,
  account: Account,
  part: RenderedPart,
  signal: AbortSignal,
): Promise<UploadedPart> {
  const limits = { reach: deps.reach, signal };
  const { file } = part;
  if (!file) return part;
  // docs/360dialog.md#media
  if (account.hosting === 'sandbox') return byLink(part, 'form', 'the sandbox takes no uploads');
  const fetched = await fetchFile(file.url, limits);
  if (fetched.kind === 'failed') return byLink(part, 'fetch', fetched.reason);
  const mimeType = sniffMedia(fetched.bytes, fetched.claimedType, file);
  const form = mediaForm(file, { mimeType, sizeBytes: fetched.bytes.length });
  if (!form) return byLink(part, 'form', 'too large for WhatsApp');
  const waitMs = await waitForUpload(deps, channel.id);
  if (waitMs > 0) return { waitMs };
  const uploaded = await uploadMedia(
    account,
    { bytes: fetched.bytes, mimeType, filename: nameForUpload(file.filename, mimeType) },
    limits,
  );
  if (uploaded.kind === 'too-fast') return { waitMs: uploaded.retryAfterMs ?? TOO_FAST_MS };
  if (uploaded.kind !== 'uploaded') {
    const instead = uploaded.kind === 'refused' ? (part.fallback ?? part) : part;
    return byLink(instead, 'upload', uploaded.reason);
  }
  return partWithMediaId({ part, file }, uploaded.id, form);
}

function byLink(part: RenderedPart, step: UploadStep, reason: string): RenderedPart {
  count('file-sent-by-link');
  log.info('file-sent-by-link', { step, reason });
  return { ...part, fileReason: `${UPLOAD_STEPS[step]}: ${reason}. Its link went instead` };
}

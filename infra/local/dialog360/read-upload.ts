import type { HttpAsk } from '../http/serve.ts';
import type { KeptFile } from './media-library.ts';
import { MAX_UPLOAD_BYTES } from './media-library.ts';
import type { Refusal } from './read-send.ts';

export type UploadReading =
  | { kind: 'file'; file: KeptFile }
  | { kind: 'refused'; refusal: Refusal };

/**
 * Reads an upload as the provider would: multipart with `messaging_product`, `file` and `type` on
 * `/media`, the bytes themselves on `/v1/media` (docs/360dialog.md#media).
 */
export async function readUpload(
  ask: HttpAsk,
  { legacy }: { legacy: boolean },
): Promise<UploadReading> {
  const contentType = ask.headers['content-type'] ?? '';
  if (ask.sizeBytes > ask.body.length) return refused('file: is too large to be taken here');
  return legacy
    ? judged({ mimeType: contentType, sizeBytes: ask.body.length, filename: '', bytes: ask.body })
    : readForm(ask.body, contentType);
}

async function readForm(body: Buffer, contentType: string): Promise<UploadReading> {
  const form = await parsed(body, contentType);
  if (!form) return refused('The body is not multipart/form-data');
  const { messaging_product, file, type, ...unknown } = Object.fromEntries(form.entries());
  const [extra] = Object.keys(unknown);
  if (extra) return refused(`body: unexpected ${extra}`);
  if (messaging_product !== 'whatsapp') return refused('messaging_product: must be whatsapp');
  if (!(file instanceof File)) return refused('file: is missing');
  if (type !== undefined && type !== file.type) return refused('type: is not the type of the file');
  const bytes = Buffer.from(await file.arrayBuffer());
  return judged({ mimeType: file.type, sizeBytes: file.size, filename: file.name, bytes });
}

const parsed = (body: Buffer, contentType: string): Promise<FormData | null> =>
  new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => null);

function judged(file: KeptFile): UploadReading {
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(file.mimeType)) return refused('file: has no type');
  if (file.sizeBytes === 0) return refused('file: is empty');
  if (file.sizeBytes > MAX_UPLOAD_BYTES) return refused('file: is too large');
  return { kind: 'file', file };
}

const refused = (details: string): UploadReading => ({
  kind: 'refused',
  refusal: { code: 100, details },
});

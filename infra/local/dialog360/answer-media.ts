import { createHash } from 'node:crypto';
import { type HttpAnswer, type HttpAsk, json } from '../http/serve.ts';
import type { DoubleAccount } from './account.ts';
import type { VisitorFile } from './media-library.ts';
import { gatewayError } from './provider-answers.ts';

/** Where the real lookup points: the caller swaps the host (docs/360dialog.md#media). */
const LOOKASIDE = 'https://lookaside.fbsbx.com';
const ATTACHMENTS = '/whatsapp_business/attachments/';

/**
 * The files that visitors have sent: in two steps as the Cloud API hands them out, or at once as the
 * old one does. Null: the request is about something else.
 */
export function answerMedia(
  files: ReadonlyMap<string, VisitorFile>,
  ask: HttpAsk,
): HttpAnswer | null {
  if (ask.method !== 'GET') return null;
  const query = new URLSearchParams(ask.query);
  const legacyId = ask.path.match(/^\/v1\/media\/([\w-]+)$/)?.[1];
  if (legacyId) return handOut(files.get(legacyId), ask);
  if (ask.path === ATTACHMENTS) return handOut(files.get(query.get('mid') ?? ''), ask);
  const id = ask.path.match(/^\/([\w-]+)$/)?.[1];
  // Ids are digits, unless a test gave a file another one.
  const isMedia = id !== undefined && (files.has(id) || /^\d+$/.test(id));
  return isMedia ? lookUp(files.get(id), id) : null;
}

/** A file of a chat, for the phone. A page among them may do nothing on this origin. */
export function answerFile(accounts: DoubleAccount[], id: string, ask: HttpAsk): HttpAnswer {
  const file = accounts.map(({ files }) => files.shown(id)).find((one) => one !== undefined);
  const answer = handOut(file, ask);
  if (typeof answer !== 'object') return answer;
  const safe = { 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' };
  return { ...answer, headers: { ...answer.headers, ...safe } };
}

function lookUp(file: VisitorFile | undefined, id: string): HttpAnswer {
  if (!file) return gone(id);
  const address = new URLSearchParams({ mid: id, ext: '1700000000', hash: 'ARlocal' });
  return json(200, {
    messaging_product: 'whatsapp',
    id,
    url: `${LOOKASIDE}${ATTACHMENTS}?${address}`,
    mime_type: file.mimeType,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    file_size: file.bytes.length,
  });
}

/** Meta's words for an id whose time is over. */
const gone = (id: string): HttpAnswer =>
  json(400, {
    error: {
      message: `Unsupported get request. Object with ID '${id}' does not exist`,
      type: 'GraphMethodException',
      code: 100,
      error_subcode: 33,
      fbtrace_id: 'AlocalTrace',
    },
  });

function handOut(file: VisitorFile | undefined, { headers }: HttpAsk): HttpAnswer {
  if (!file) return gatewayError(404, 'Media not found');
  const { bytes, mimeType } = file;
  const head = { 'content-type': mimeType, 'accept-ranges': 'bytes' };
  const range = rangeIn(headers.range, bytes.length);
  if (range === null) {
    return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } };
  }
  const { from, to } = range;
  const part = bytes.subarray(from, to);
  const isWhole = part.length === bytes.length;
  return {
    status: isWhole ? 200 : 206,
    headers: {
      ...head,
      'content-length': String(part.length),
      ...(!isWhole && { 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` }),
    },
    body: part,
  };
}

/** Which bytes are wanted, the last one excluded; null: the file has none of them. */
function rangeIn(header: string | undefined, size: number): { from: number; to: number } | null {
  const [, first = '', last = ''] = header?.match(/^bytes=(\d*)-(\d*)$/) ?? [];
  if (first === '' && last === '') return { from: 0, to: size };
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(Number(last) + 1, size);
  return from < to ? { from, to } : null;
}

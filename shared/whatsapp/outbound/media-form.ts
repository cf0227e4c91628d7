import { MEDIA } from './limits.ts';
import type { FileToUpload, RenderedPart } from './rendering.ts';

/** What a file is sent as. */
export interface MediaForm {
  type: 'image' | 'audio' | 'video' | 'document';
  /** As the agent asked for it: WhatsApp plays every audio type as a voice note. */
  voice: boolean;
}

/** What was found when the file was fetched; `mimeType` from its bytes, not from its server. */
export interface FoundFile {
  mimeType: string;
  sizeBytes: number;
}

const NATIVE = { image: 'image', audio: 'audio', video: 'video', file: 'document' } as const;

/**
 * What a fetched file can be sent as: as the agent wants it, else as a document; null when it is too
 * large for that as well, and only its link can go.
 */
export function mediaForm(
  file: FileToUpload,
  { mimeType, sizeBytes }: FoundFile,
): MediaForm | null {
  const wanted = NATIVE[file.kind];
  const { types, bytes } = MEDIA[wanted];
  const isNative = types === null || (types as readonly string[]).includes(mimeType);
  if (isNative && sizeBytes <= bytes) {
    return { type: wanted, voice: file.voice && wanted === 'audio' };
  }
  return sizeBytes <= MEDIA.document.bytes ? { type: 'document', voice: false } : null;
}

/** The part that sends an uploaded file. Its fallback is the same text with the link. */
export function partWithMediaId(
  { part, file }: { part: RenderedPart; file: FileToUpload },
  mediaId: string,
  form: MediaForm,
): RenderedPart {
  const { text: _text, preview_url: _preview, type, ...around } = part.body;
  const { [String(type)]: _link, ...envelope } = around;
  const { kind, caption, filename } = file;
  const media = {
    id: mediaId,
    ...(caption && form.type !== 'audio' && { caption }),
    ...(form.type === 'document' && filename && { filename }),
    ...(form.voice && 'messaging_product' in envelope && { voice: true }),
  };
  const isLess = form.type === 'document' && kind !== 'file';
  return {
    body: { ...envelope, type: form.type, [form.type]: media },
    needsWindow: true,
    notes: [
      ...part.notes.filter((note) => note !== 'media-as-link'),
      ...(isLess ? (['media-as-document'] as const) : []),
    ],
    fallback: part.fallback ?? { ...part, file: null },
    file: null,
  };
}

const TYPES = new Set<unknown>(['image', 'audio', 'video', 'document', 'sticker']);

/** Whether a message is a file: a text sent right after a file would arrive before it. */
export const carriesMedia = (body: Record<string, unknown>): boolean => TYPES.has(body.type);

import { createHash } from 'node:crypto';
import type { Finding } from '../../../../shared/kernel/failure.ts';
import { sniffMedia } from '../../../../shared/whatsapp/outbound/sniff-media.ts';
import type { VisitorFile } from '../media-library.ts';
import type { FileKind, Play } from './play-schema.ts';
import type { Scene, VisitorMessage } from './visitor-message.ts';

/** A file: it is laid into the double, which hands it out as 360dialog does. */
export function fileContent(
  file: NonNullable<Play['file']>,
  { account }: Scene,
  { payload }: Pick<Play, 'payload'>,
): VisitorMessage | Finding {
  const { base64, claimed } = dataOf(file.data);
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || !BASE64.test(base64))
    return { path: 'file.data', detail: 'must be the bytes in base64' };
  const kind = file.kind ?? kindOf(typeOf(bytes, file.mime_type ?? claimed));
  const mimeType = typeFor(kind, bytes, file.mime_type ?? claimed);
  const id = account.files.receive({ mimeType, bytes }, payload === 'v1');
  const name = file.name ?? (kind === 'document' ? 'file' : null);
  const type = kind === 'voice' && payload === 'v2' ? 'audio' : kind;
  const hasCaption = kind === 'image' || kind === 'video' || kind === 'document';
  const caption = hasCaption ? file.caption : undefined;
  const media = {
    ...(caption && { caption }),
    ...(kind === 'document' && { filename: name }),
    ...(payload === 'v2'
      ? cloudFile(id, { mimeType, bytes }, kind)
      : oldFile(id, { mimeType, bytes })),
  };
  const isVoice = kind === 'voice';
  return {
    content: { type, [type]: media },
    line: {
      type: kind,
      text: caption ?? name ?? '',
      ...(caption && { caption }),
      media: {
        mime_type: mimeType,
        name,
        size_bytes: bytes.length,
        url: account.files.addressOf(id),
        ...(isVoice && { voice: true }),
      },
    },
    words: `sent ${WORDS[kind]} (${[name, mimeType, `${bytes.length} bytes`].filter(Boolean).join(', ')})`,
  };
}

const BASE64 = /^[A-Za-z0-9+/=_\s-]+$/;

/** Base64 alone, or in a `data:` address, which names a type as well. */
function dataOf(data: string): { base64: string; claimed: string | null } {
  const comma = data.startsWith('data:') ? data.indexOf(',') : -1;
  const [claimed] = data.slice('data:'.length, Math.max(comma, 0)).split(';');
  return { base64: data.slice(comma + 1), claimed: claimed || null };
}

const WORDS: Record<FileKind, string> = {
  image: 'a picture',
  audio: 'an audio file',
  voice: 'a voice note',
  video: 'a video',
  document: 'a document',
  sticker: 'a sticker',
};

const typeOf = (bytes: Buffer, claimed: string | null): string => {
  const found = sniffMedia(bytes, claimed);
  return found === 'application/octet-stream' && claimed ? claimed : found;
};

/** As what WhatsApp sends a file of this type, when the visitor does not say. */
function kindOf(mimeType: string): FileKind {
  if (mimeType.startsWith('image/webp')) return 'sticker';
  const [group] = mimeType.split('/');
  return group === 'image' || group === 'audio' || group === 'video' ? group : 'document';
}

/** WhatsApp names opus for the voice notes it records. */
const typeFor = (kind: FileKind, bytes: Buffer, claimed: string | null): string => {
  const mimeType = typeOf(bytes, claimed);
  const isOgg = kind === 'voice' && (mimeType === 'audio/ogg' || !mimeType.startsWith('audio/'));
  return isOgg ? 'audio/ogg; codecs=opus' : mimeType;
};

const cloudFile = (id: string, { mimeType, bytes }: VisitorFile, kind: FileKind) => ({
  mime_type: mimeType,
  sha256: createHash('sha256').update(bytes).digest('base64'),
  id,
  ...((kind === 'audio' || kind === 'voice') && { voice: kind === 'voice' }),
  ...(kind === 'sticker' && { animated: false }),
  url: `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${id}&source=webhook&ext=1700000000&hash=ARlocal`,
});

const oldFile = (id: string, { mimeType, bytes }: VisitorFile) => ({
  id,
  mime_type: mimeType,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

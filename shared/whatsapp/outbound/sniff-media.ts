import type { FileToUpload } from './rendering.ts';
import { sniffArchive } from './sniff-archive.ts';

/**
 * A file's type by its first bytes, since servers name types wrongly and WhatsApp looks for itself.
 * `claimed` (a Content-Type) counts only for what bytes do not tell: documents, and whether an MP4 is a sound.
 */
export function sniffMedia(
  bytes: Uint8Array,
  claimed: string | null,
  file?: Pick<FileToUpload, 'kind' | 'filename'>,
): string {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = all.subarray(0, 64);
  const type = (claimed ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const found = SIGNATURES.find(([, matches]) => matches(head))?.[0];
  if (found === 'video/mp4' && isCalledSound(type, file) && !hasPictures(all)) return 'audio/mp4';
  if (found === 'application/zip') return sniffArchive(all, type);
  if (found) return found;
  return /^(application|text)\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
}

/** Most programs write a sound into an MP4 of the same brand as a film. */
const isCalledSound = (type: string, file?: Pick<FileToUpload, 'kind' | 'filename'>): boolean =>
  type.startsWith('audio/') || file?.kind === 'audio' || /\.m4[abr]$/i.test(file?.filename ?? '');

/** Whether a track of an MP4 is of pictures: its `hdlr` box names what it is of, 12 bytes behind. */
function hasPictures(all: Buffer): boolean {
  for (let box = all.indexOf('hdlr'); box >= 0; box = all.indexOf('hdlr', box + 4)) {
    if (at(box + 12, 'vide')(all)) return true;
  }
  return false;
}

const at =
  (offset: number, ...texts: string[]) =>
  (head: Buffer): boolean =>
    texts.some((text) => head.toString('latin1', offset, offset + text.length) === text);

/** The brand in an ISO media file's first box; its fourth letter is often a version. */
const brand =
  (...brands: string[]) =>
  (head: Buffer): boolean =>
    at(4, 'ftyp')(head) && at(8, ...brands)(head);

/** The first match wins: an ISO file of an unknown brand is most likely an MP4. */
const SIGNATURES: [type: string, matches: (head: Buffer) => boolean][] = [
  ['image/jpeg', at(0, '\xff\xd8\xff')],
  ['image/png', at(0, '\x89PNG\r\n\x1a\n')],
  ['image/gif', at(0, 'GIF87a', 'GIF89a')],
  ['image/webp', (head) => at(0, 'RIFF')(head) && at(8, 'WEBP')(head)],
  ['image/heic', brand('heic', 'heix', 'mif1', 'msf1', 'avif')],
  ['audio/mp4', brand('M4A', 'M4B')],
  ['video/3gpp', brand('3gp', '3g2')],
  ['video/quicktime', brand('qt')],
  ['video/mp4', at(4, 'ftyp')],
  // WhatsApp plays ogg with opus in it and nothing else.
  ['audio/ogg', (head) => at(0, 'OggS')(head) && at(28, 'OpusHead')(head)],
  ['application/ogg', at(0, 'OggS')],
  ['audio/amr', at(0, '#!AMR')],
  ['audio/aac', (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0],
  ['audio/mpeg', (head) => at(0, 'ID3')(head) || isMpegAudio(head)],
  ['application/pdf', at(0, '%PDF-')],
  ['application/zip', at(0, 'PK\x03\x04', 'PK\x05\x06')],
];

/** A frame of MPEG audio, layer III. A looser test would take a byte order mark for music. */
const isMpegAudio = (head: Buffer): boolean =>
  head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2 && ((head[1] ?? 0) & 0x18) !== 0x08;

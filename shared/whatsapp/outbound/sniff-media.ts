/**
 * A file's type by its first bytes, since servers name types wrongly and WhatsApp looks for itself.
 * `claimed` (a Content-Type) counts only for what no file sent natively can be: documents.
 */
export function sniffMedia(bytes: Uint8Array, claimed: string | null): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64));
  const found = SIGNATURES.find(([, matches]) => matches(head))?.[0];
  if (found) return found;
  const type = (claimed ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return /^(application|text)\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
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
];

/** A frame of MPEG audio, layer III. A looser test would take a byte order mark for music. */
const isMpegAudio = (head: Buffer): boolean =>
  head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2 && ((head[1] ?? 0) & 0x18) !== 0x08;

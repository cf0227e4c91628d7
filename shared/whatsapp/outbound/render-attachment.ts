import type { ReplyOf } from '../../contract/reply.ts';
import { type Addressing, addressed, plainPart } from './envelope.ts';
import { CAPTION } from './limits.ts';
import { renderText, textPart } from './render-text.ts';
import type { FileToUpload, RenderedPart } from './rendering.ts';
import { splitText } from './split-text.ts';

const TYPES = { image: 'image', audio: 'audio', video: 'video', file: 'document' } as const;

/**
 * A file by its link, with a text that holds the link as the way out (product.md S12). A caption that
 * WhatsApp cannot show follows as text: all of an audio's, else what is over the limit (C3).
 */
export function renderAttachment(reply: ReplyOf<'attachment'>, how: Addressing): RenderedPart[] {
  const said = reply.caption?.trim() ? reply.caption : '';
  const caption = reply.kind === 'audio' ? '' : (splitText(said, CAPTION)[0] ?? '');
  const rest = said.slice(said.indexOf(caption) + caption.length).trimStart();
  const filename = reply.kind === 'file' ? (reply.filename ?? nameIn(reply.url)) : null;
  const { url, kind, voice = false } = reply;
  const file: FileToUpload = { url, kind, caption: caption || null, filename, voice };

  const body = addressed(how, { type: TYPES[kind], [TYPES[kind]]: linkOf(file, how) });
  const part = byLink(url, body, caption, how);
  const first = {
    ...part,
    file: reply.send_as === 'file' ? { ...file, filename: filename ?? nameIn(url) } : null,
    notes: rest ? [...part.notes, 'caption-moved' as const] : part.notes,
  };
  return rest ? [first, ...renderText(rest, how)] : [first];
}

export const renderSticker = ({ url }: ReplyOf<'sticker'>, how: Addressing): RenderedPart =>
  byLink(url, addressed(how, { type: 'sticker', sticker: { link: url } }), '', how);

/** WhatsApp fetches https only: any other link goes as text at once. */
function byLink(
  url: string,
  body: Record<string, unknown>,
  caption: string,
  how: Addressing,
): RenderedPart {
  const words = caption ? `${caption}\n${url}` : url; // 1024 and 2048: always one message
  const asText: RenderedPart = { ...textPart(words, how), notes: ['media-as-link'] };
  return /^https:/i.test(url) ? plainPart(body, { fallback: asText }) : asText;
}

const linkOf = (
  { url, caption, filename, voice, kind }: FileToUpload,
  { dialect }: Addressing,
) => ({
  link: url,
  ...(caption && { caption }),
  ...(filename && { filename }),
  ...(kind === 'audio' && voice && dialect === 'v2' && { voice: true }),
});

/** The file's name as its address has it: what a document without one is shown as. */
function nameIn(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return (
    decoded(last)
      .replace(/[\p{Cc}/\\]/gu, '')
      .slice(-240) || 'file'
  );
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a stray percent sign
  }
}

import type { ReplyOf } from '../../contract/reply.ts';
import { percentDecoded } from '../../kernel/percent-decoded.ts';
import { type Addressing, addressed, noted, plainPart } from './envelope.ts';
import { CAPTION, TEXT_BODY } from './limits.ts';
import { isFetchable } from './links.ts';
import { renderText, textPart } from './render-text.ts';
import type { FileToUpload, RenderedPart } from './rendering.ts';
import { splitText } from './split-text.ts';

const TYPES = { image: 'image', audio: 'audio', video: 'video', file: 'document' } as const;

/**
 * A file by its link, with a text that holds the link as its fallback. A caption that WhatsApp cannot
 * show follows as text: all of an audio's, else what is over the limit.
 */
export function renderAttachment(reply: ReplyOf<'attachment'>, how: Addressing): RenderedPart[] {
  const { url, kind, voice = false, send_as: sendAs } = reply;
  const said = reply.caption?.trim() ? reply.caption : '';
  // Where the link as text is all that may go in the end, it has to fit the one message of a fallback.
  const isOneText = url.length + 1 + CAPTION <= TEXT_BODY;
  if (!isFetchable(url) && (sendAs === 'link' || !isOneText)) {
    return noted(renderText(withLink(said, url), how), 'media-as-link');
  }
  const caption = kind === 'audio' ? '' : (splitText(said, CAPTION)[0] ?? '');
  const rest = said.slice(said.indexOf(caption) + caption.length).trimStart();
  const filename = kind === 'file' ? (reply.filename ?? nameIn(url)) : null;
  const file: FileToUpload = { url, kind, caption: caption || null, filename, voice };

  const part = byLink(
    file,
    addressed(how, { type: TYPES[kind], [TYPES[kind]]: linkOf(file, how) }),
    how,
  );
  const first = {
    ...part,
    file: sendAs === 'file' ? { ...file, filename: filename ?? nameIn(url) } : null,
  };
  return rest ? [...noted([first], 'caption-moved'), ...renderText(rest, how)] : [first];
}

/** A sticker by its link, with the link as text for its fallback. */
export const renderSticker = ({ url }: ReplyOf<'sticker'>, how: Addressing): RenderedPart[] =>
  isFetchable(url)
    ? [
        byLink(
          { url, caption: null },
          addressed(how, { type: 'sticker', sticker: { link: url } }),
          how,
        ),
      ]
    : noted(renderText(url, how), 'media-as-link');

/** The message, with the text that goes instead; or that text at once, where WhatsApp would not fetch it. */
function byLink(
  { url, caption }: Pick<FileToUpload, 'url' | 'caption'>,
  body: Record<string, unknown>,
  how: Addressing,
): RenderedPart {
  const words = withLink(caption, url);
  const asText: RenderedPart = { ...textPart(words, how), notes: ['media-as-link'] };
  return isFetchable(url) ? plainPart(body, { fallback: asText }) : asText;
}

const withLink = (words: string | null, url: string): string => (words ? `${words}\n${url}` : url);

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
    percentDecoded(last)
      .replace(/[\p{Cc}/\\]/gu, '')
      .slice(-240)
      .toWellFormed() || 'file'
  );
}

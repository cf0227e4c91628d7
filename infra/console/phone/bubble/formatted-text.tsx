import type { ComponentChildren } from 'preact';

/**
 * WhatsApp's marks and addresses, one at a time; everything else stays the text it is. A mark inside a word, as in
 * `channel_chat_id`, is none.
 */
const MARKED =
  /((?<![\p{L}\p{N}])(?:\*[^*\n]{1,300}\*|_[^_\n]{1,300}_|~[^~\n]{1,300}~)(?![\p{L}\p{N}])|`[^`\n]{1,300}`|https?:\/\/[^\s<>"]{1,500})/u;

/** A text as WhatsApp shows it: bold, italic, struck, code and links. Nothing in it is ever markup. */
export const FormattedText = ({ text }: { text: string }) => (
  <p class="text">{text.split(MARKED).map((piece, at) => shown(piece, at))}</p>
);

function shown(piece: string, at: number): ComponentChildren {
  const inner = piece.slice(1, -1);
  if (/^https?:\/\//.test(piece)) {
    return (
      <a key={at} href={piece} target="_blank" rel="noreferrer noopener">
        {piece}
      </a>
    );
  }
  if (piece.length < 3 || inner.trim() === '' || piece.at(0) !== piece.at(-1)) return piece;
  switch (piece[0]) {
    case '*':
      return <strong key={at}>{inner}</strong>;
    case '_':
      return <em key={at}>{inner}</em>;
    case '~':
      return <s key={at}>{inner}</s>;
    case '`':
      return <code key={at}>{inner}</code>;
    default:
      return piece;
  }
}

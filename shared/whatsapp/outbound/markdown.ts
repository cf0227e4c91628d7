import { Lexer, type MarkedToken, type Token, Tokenizer, type Tokens } from 'marked';
import type { Reply } from '../../contract/reply.ts';
import { linksIn } from './links.ts';

/**
 * A reply with its words converted, for channels that want it (`markdown: "convert"`). Only texts and
 * captions: labels, names and templates have no formatting. The sender loads this file when a channel
 * wants it, because the parser costs 12 ms of a cold start.
 */
export function formatReply(reply: Reply): Reply {
  if ('text' in reply) return { ...reply, text: toWhatsAppFormatting(reply.text) };
  if (!('caption' in reply) || !reply.caption) return reply;
  return { ...reply, caption: toWhatsAppFormatting(reply.caption) };
}

/**
 * More than two of WhatsApp's messages. The parser's time is the square of the length for words made to slow
 * it down, so what is longer goes as it is.
 */
const LONGEST = 10_000;

/** WhatsApp's marks: bold, italic, struck out. */
type Mark = '*' | '_' | '~';

/**
 * Markdown as WhatsApp's own formatting: `**bold**` → `*bold*`, headings bold, links
 * as `label (address)`; code and addresses stay as they are, and so does what WhatsApp has no form for.
 */
export function toWhatsAppFormatting(markdown: string): string {
  if (markdown.length > LONGEST) return markdown;
  try {
    const tokens = new Lexer({ gfm: true, tokenizer: new LooseTokenizer() }).lex(markdown);
    const text = blocks(tokens).trimEnd();
    return text.trim() ? text : markdown;
  } catch {
    return markdown; // lists in lists or quotes in quotes by the thousand, too deep for parser or stack
  }
}

/**
 * Markdown wants a blank or a punctuation mark on the right side of `**`. Models write `**重要：**请` and
 * `**Цена:**100` all the same, so what Markdown does not read is taken by its plain look.
 */
class LooseTokenizer extends Tokenizer {
  override emStrong(src: string, masked: string, before = '') {
    return super.emStrong(src, masked, before) ?? this.#loose(src, before);
  }

  #loose(src: string, before: string): Tokens.Strong | Tokens.Em | undefined {
    const strong = LOOSE_STRONG.exec(src);
    const found = strong ?? (isLetter(before) ? null : LOOSE_EM.exec(src));
    if (!found) return undefined;
    const [raw, text = ''] = found;
    return { type: strong ? 'strong' : 'em', raw, text, tokens: this.lexer.inlineTokens(text) };
  }
}

/** Two or three stars, words without stars and line breaks, as many stars. */
const LOOSE_STRONG = /^(?:\*{2,3})(?![\s*])([^*\n]{0,2000}[^*\s])\*{2,3}(?!\*)/;

/** The same with one star; what begins with another sign is more likely a pattern, like `*.txt`. */
const LOOSE_EM = /^\*(?=[\p{L}\p{N}\p{Pi}\p{Ps}"])([^*\n]{0,2000}[^*\s])\*(?!\*)/u;

/** Blocks keep the white space that stood between them. */
const blocks = (tokens: Token[]): string =>
  (tokens as MarkedToken[])
    .map((token) => (token.type === 'def' ? '' : block(token) + blanksAfter(token)))
    .join('');

const blanksAfter = ({ raw }: MarkedToken): string => raw.slice(raw.trimEnd().length);

function block(token: MarkedToken): string {
  switch (token.type) {
    case 'space':
      return '';
    case 'heading':
      return wrapped(inline(token.tokens, ['*']), '*');
    case 'paragraph':
      return inline(token.tokens).trimEnd();
    case 'code':
      return token.codeBlockStyle === 'indented' || !token.text.trim()
        ? token.raw.trimEnd()
        : `\`\`\`\n${token.text}\n\`\`\``;
    case 'blockquote':
      return blocks(token.tokens).trimEnd().replace(/^/gm, '> ');
    case 'list':
      return token.items
        .map(({ tokens }, index) => {
          const bullet = token.ordered ? `${Number(token.start) + index}.` : '-';
          return `${bullet} ${blocks(tokens)
            .trim()
            .replace(/\n(?=.)/g, '\n  ')}`;
        })
        .join(token.loose ? '\n\n' : '\n');
    case 'table':
      return [token.header.map(({ tokens }) => wrapped(inline(tokens, ['*']), '*'))]
        .concat(token.rows.map((row) => row.map(({ tokens }) => inline(tokens))))
        .map((cells) => cells.join(' | '))
        .join('\n');
    default:
      return inline([token]).trimEnd();
  }
}

function inline(tokens: Token[], inside: Mark[] = []): string {
  let text = '';
  (tokens as MarkedToken[]).forEach((token, index) => {
    text += span(token, inside, { before: text.at(-1), after: tokens[index + 1]?.raw[0] });
  });
  return text;
}

/** What stands beside a span: WhatsApp sees no mark between two letters. */
interface Neighbours {
  before: string | undefined;
  after: string | undefined;
}

function span(token: MarkedToken, inside: Mark[], beside: Neighbours): string {
  const withMark = (tokens: Token[], mark: Mark) => {
    const isPlain = inside.includes(mark) || isLetter(beside.before) || isLetter(beside.after);
    const text = inline(tokens, [...inside, mark]);
    return isPlain ? text : wrapped(text, mark);
  };
  switch (token.type) {
    case 'strong':
      return withMark(token.tokens, '*');
    case 'em':
      return withMark(token.tokens, '_');
    case 'del':
      return withMark(token.tokens, '~');
    case 'codespan':
      return token.text.includes('`') ? `\`\`\`${token.text}\`\`\`` : `\`${token.text}\``;
    case 'link':
      return withAddress(inline(token.tokens, inside), token.href);
    case 'image':
      return withAddress(token.text, token.href);
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'br':
      return '\n';
    case 'escape':
      return token.text;
    case 'html':
      return /^<br\s*\/?>\s*$/i.test(token.raw) ? '\n' : token.raw;
    case 'text':
      return token.tokens ? inline(token.tokens, inside) : token.raw;
    default:
      return token.raw;
  }
}

const isLetter = (character: string | undefined): boolean => /[\p{L}\p{N}]/u.test(character ?? '');

/**
 * A mark holds within one line only, and only right beside its words. Beside an address it would become
 * part of the link, so such a line has none.
 */
const wrapped = (text: string, mark: Mark): string =>
  text
    .split('\n')
    .map((line) => {
      const [words, begun] = [line.trimEnd(), line.trimStart()];
      const before = line.slice(0, line.length - begun.length);
      return words && !touchesLink(words)
        ? `${before}${mark}${words.slice(before.length)}${mark}${line.slice(words.length)}`
        : line;
    })
    .join('\n');

function touchesLink(line: string): boolean {
  const begin = line.length - line.trimStart().length;
  return linksIn(line).some(({ from, to }) => from === begin || to === line.length);
}

/** An address that is its own label, with or without `http://` or `mailto:`, is said once. */
function withAddress(label: string, address: string): string {
  if (!label || address === label) return address;
  return /^(https?:\/\/|mailto:)/i.test(address) &&
    address.replace(/^(https?:\/\/|mailto:)/i, '') === label
    ? label
    : `${label} (${address})`;
}

import { Lexer, type MarkedToken, type Token, Tokenizer, type Tokens } from 'marked';
import type { Reply } from '../../contract/reply.ts';
import { withEmphasis } from './emphasis.ts';
import { isBlank, isLetter, opens, runAt } from './emphasis-marks.ts';
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
    const tokenizer = new PlainTokenizer();
    const inline = [(src: string, tokens: Token[]) => tokenizer.address(src, tokens)];
    const extensions = { renderers: {}, childTokens: {}, inline };
    const tokens = new Lexer({ gfm: true, tokenizer, extensions }).lex(markdown);
    const text = blocks(tokens).trimEnd();
    return text.trim() ? text : markdown;
  } catch {
    return markdown; // lists in lists or quotes in quotes by the thousand, too deep for parser or stack
  }
}

/** Leaves marks to `withEmphasis`. */
class PlainTokenizer extends Tokenizer {
  override emStrong(): undefined {}

  override del(): undefined {}

  /** A bare address. It ends before the mark that ends what was begun in the tokens before it. */
  address(src: string, tokens: Token[]): Tokens.Link | undefined {
    if (this.lexer.state.inLink || !/^(?:https?:|www\.)/i.test(src)) return;
    const [link] = linksIn(src);
    if (link?.from !== 0) return;
    const address = src.slice(0, link.to);
    const end = [...address.matchAll(/\*\*|~~|__(?![\w/])/g)].find(({ 0: mark }) =>
      isBegun(mark, tokens, address),
    );
    return super.url(address.slice(0, end?.index));
  }
}

/** Whether a mark of this kind begins something that goes on to the address. */
function isBegun(mark: string, tokens: Token[], address: string): boolean {
  const isPlain = ({ type }: Token) => type !== 'link' && type !== 'codespan';
  const before = tokens.map((token) => (isPlain(token) ? token.raw : 'a')).join('');
  let begun = false;
  for (const { index, 0: signs } of before.matchAll(/\*{2,}|_{2,}|~{2,}/g)) {
    if (!signs.startsWith(mark)) continue;
    begun = !begun && opens(runAt(before + address, index, index + signs.length));
  }
  return begun;
}

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
      return list(token);
    case 'table':
      return [token.header.map(({ tokens }) => wrapped(inline(tokens, ['*']), '*'))]
        .concat(token.rows.map((row) => row.map(({ tokens }) => inline(tokens))))
        .map((cells) => cells.join(' | '))
        .join('\n');
    default:
      return inline([token]).trimEnd();
  }
}

/** Numbers stay as they are written; a list whose items begin with one number twice counts by itself. */
function list({ items, ordered, loose }: Tokens.List): string {
  const numbers = items.map(({ raw }) => Number.parseInt(raw, 10));
  const [first = 1, second] = numbers;
  return items
    .map(({ tokens }, index) => {
      const number = first === second ? first + index : numbers[index];
      const words = blocks(tokens)
        .trim()
        .replace(/\n(?=.)/g, '\n  ');
      return `${ordered ? `${number}.` : '-'} ${words}`;
    })
    .join(loose ? '\n\n' : '\n');
}

const inline = (tokens: Token[], inside: Mark[] = []): string =>
  spans(withEmphasis(tokens as MarkedToken[]), inside, {});

/** What stands beside a span: WhatsApp sees no mark between two letters. */
interface Neighbours {
  before?: string | undefined;
  after?: string | undefined;
}

function spans(tokens: MarkedToken[], inside: Mark[], beside: Neighbours): string {
  let text = '';
  tokens.forEach((token, index) => {
    const before = text.at(-1) ?? beside.before;
    text += span(token, inside, { before, after: tokens[index + 1]?.raw[0] ?? beside.after });
  });
  return text;
}

/** Blanks inside a mark go outside; a mark that would touch a letter is left out. */
function withMark(
  { text: raw, tokens }: Tokens.Strong | Tokens.Em | Tokens.Del,
  mark: Mark,
  inside: Mark[],
  { before = '', after = '' }: Neighbours,
): string {
  const touchesNext = isLetter(after) && !isBlank(raw.at(-1) ?? '');
  const isPlain = touchesNext || isLetter(before) || inside.includes(mark);
  const words = spans(tokens as MarkedToken[], [...inside, mark], isPlain ? { before, after } : {});
  let text = isPlain ? words : wrapped(words, mark);
  if (isBlank(before)) text = text.trimStart();
  if (isBlank(after)) text = text.trimEnd();
  return touchesNext && linksIn(text).at(-1)?.to === text.length ? `${text} ` : text;
}

function span(token: MarkedToken, inside: Mark[], beside: Neighbours): string {
  switch (token.type) {
    case 'strong':
      return withMark(token, '*', inside, beside);
    case 'em':
      return withMark(token, '_', inside, beside);
    case 'del':
      return withMark(token, '~', inside, beside);
    case 'codespan':
      return token.text.includes('`') ? `\`\`\`${token.text}\`\`\`` : `\`${token.text}\``;
    case 'link':
      return withAddress(labelOf(token, inside), token.href);
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

/** A bare address has no label, and no marks. */
const labelOf = ({ raw, text, tokens }: Tokens.Link, inside: Mark[]): string =>
  raw.startsWith('[') ? inline(tokens, inside) : text;

/** An address that is its own label, with or without `http://` or `mailto:`, is said once. */
function withAddress(label: string, address: string): string {
  if (!label || address === label) return address;
  return /^(https?:\/\/|mailto:)/i.test(address) &&
    address.replace(/^(https?:\/\/|mailto:)/i, '') === label
    ? label
    : `${label} (${address})`;
}

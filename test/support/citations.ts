import { posix } from 'node:path';

/** A file that cites, or is cited. */
export interface Paper {
  /** Path from the project's root, with forward slashes. */
  file: string;
  text: string;
}

/** The steps of each protocol that the pages define, by its number. */
export type Protocols = Map<string, Set<string>>;

const HEADING = /^## (\d+)\. /;
/** The first column of a table's row: `3`, `3a`, `3'`. */
const STEP = /^\| (\d+[a-z]?'?) \|/;
const NUMBER = /\d+(?:\.\d+[a-z]?'?)?/;
const LIST = new RegExp(`${NUMBER.source}(?:(?:, | and | to )${NUMBER.source})*`).source;
const IN_CODE = new RegExp(`\\bPROTOCOLS (${LIST})`, 'g');
/** Inside the pages themselves. */
const IN_PAGES = new RegExp(`\\b(?:[Pp]rotocols?|[Ss]teps?) (${LIST})`, 'g');
const PAGES = 'shared/store/protocols/';

export function protocolsIn(papers: Paper[]): Protocols {
  const found: Protocols = new Map();
  for (const { text } of papers.filter(({ file }) => file.startsWith(PAGES))) {
    let steps = new Set<string>();
    for (const line of text.split('\n')) {
      const number = line.match(HEADING)?.[1];
      if (number) {
        steps = new Set();
        found.set(number, steps);
      }
      const step = line.match(STEP)?.[1];
      if (step) steps.add(step);
    }
  }
  return found;
}

/** Every citation of a protocol, or of a step, that no page has; each as a sentence. */
export function unknownProtocols({ file, text }: Paper, protocols: Protocols): string[] {
  const form = file.startsWith(PAGES) ? IN_PAGES : IN_CODE;
  return [...onOneLine(text).matchAll(form)].flatMap(([citation, list = '']) => {
    const numbers = list.match(new RegExp(NUMBER, 'g')) ?? [];
    const known = numbers.every((number) => isKnown(number, protocols, citation));
    return known && isOneRange(list) ? [] : [`${file} cites "${citation}"`];
  });
}

/** "Step 3" alone, in a page, is a step of the protocol it stands in. */
function isKnown(number: string, protocols: Protocols, citation: string): boolean {
  const [protocol = '', step] = number.split('.');
  if (step === undefined) return /^steps? /i.test(citation) || protocols.has(protocol);
  return protocols.get(protocol)?.has(step) === true;
}

/** "13.3 to 13.5" stays within one protocol; "17 to 21" may not. */
const isOneRange = (list: string): boolean =>
  [...list.matchAll(/(\d+)\.\S+ to (\d+)/g)].every(([, from, to]) => from === to);

/**
 * Every file or folder that is cited and not there, and every heading of a Markdown file that it does
 * not have.
 */
export function unknownHeadings(paper: Paper, papers: Paper[], files: ReadonlySet<string>) {
  return [...documentsCited(paper), ...codeCited(paper), ...decisionsCited(paper)].flatMap(
    ({ citation, path, slug }) => {
      if (!files.has(path)) return [`${paper.file} cites ${citation}, which is no file`];
      const text = papers.find(({ file }) => file === path)?.text;
      if (slug === undefined || text === undefined || slugsOf(text).has(slug)) return [];
      return [`${paper.file} cites ${citation}, which is no heading`];
    },
  );
}

/** `docs/….md#slug` wherever it is written, and the links of a Markdown file, from where it lies. */
function documentsCited({ file, text }: Paper) {
  const cited = [...text.matchAll(/(?<!\w|\/|\]\()docs\/[\w/-]+\.md(?:#[\w-]+)?/g)].map(
    ([path]) => path,
  );
  const links = file.endsWith('.md')
    ? [...withoutFences(text).matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)].flatMap(
        ([, link]) => link ?? [],
      )
    : [];
  return [
    ...cited.map((citation) => ({ citation, from: '' })),
    ...links.map((citation) => ({ citation, from: file })),
  ].map(({ citation, from }) => {
    const [path = '', slug] = citation.split('#');
    return { citation, slug, path: path ? posix.join(posix.dirname(from), path) : from };
  });
}

/** Paths of code: in a comment, or as the whole of an inline code in a Markdown file. */
function codeCited({ file, text }: Paper) {
  const path = '(?:functions|infra|shared|test)/[\\w/.-]*\\w';
  const prose = file.endsWith('.md') ? withoutFences(text) : commentsOf(text);
  const form = file.endsWith('.md') ? `(?<=\`)${path}(?=\`)` : `(?<![\\w./#-])${path}`;
  return [...prose.matchAll(new RegExp(form, 'g'))].map(([citation]) => ({
    citation,
    path: citation,
    slug: undefined,
  }));
}

/** `DECISIONS.md, "Heading"` in a comment. */
const decisionsCited = ({ file, text }: Paper) =>
  file.endsWith('.md')
    ? []
    : [...onOneLine(text).matchAll(/\bDECISIONS\.md, "([^"]+)"/g)].map(
        ([citation, heading = '']) => ({
          citation,
          path: 'DECISIONS.md',
          slug: slugOf(heading),
        }),
      );

const commentsOf = (text: string): string =>
  [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)(?:\/\/|# ).*$/gm)].join('\n');

/** The rule by which GitHub makes the anchor of a heading; a second one of the same words gets `-1`. */
function slugsOf(text: string): Set<string> {
  const slugs = new Set<string>();
  const seen = new Map<string, number>();
  for (const [, heading = ''] of withoutFences(text).matchAll(/^#{1,6} +(.+?)(?: +#+)?$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim();
    const slug = slugOf(words);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    slugs.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return slugs;
}

const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

/** Papers of the design that are not part of the repository, and their numbers. */
const NOT_HERE =
  /\bproduct\.md|\bAPI reference\b|\bstack\.md|\bhouse\.md|(?<!docs\/|\]\(|\.\.\/)\bcontract\.md|\([BC]\d{1,2}\)/g;

export const papersNotHere = ({ file, text }: Paper): string[] =>
  [...onOneLine(text).matchAll(NOT_HERE)].map(([citation]) => `${file} cites ${citation}`);

/** A citation may be broken over two lines of a comment. */
const onOneLine = (text: string): string => text.replace(/\n\s*(?:\*|\/\/)? ?/g, ' ');

const withoutFences = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');

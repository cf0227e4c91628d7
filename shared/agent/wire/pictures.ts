import type { AskedEvent } from './kind.ts';
import { filesOfTurn } from './words-of-turn.ts';

/** What models can look at (docs/agents/openai-chat.md, docs/agents/anthropic.md). */
const SEEN: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

export interface Picture {
  url: string;
  /** Without parameters. */
  mime: string;
}

/** The pictures of a turn that have an address and a type models can look at. */
export const picturesOf = (event: AskedEvent): Picture[] =>
  filesOfTurn(event).flatMap(({ kind, url, mime }) => {
    const type = mime.split(';')[0]?.trim().toLowerCase() ?? '';
    const isSeen = kind === 'image' || kind === 'sticker' || kind === 'document';
    return isSeen && url !== null && SEEN.includes(type) ? [{ url, mime: type }] : [];
  });

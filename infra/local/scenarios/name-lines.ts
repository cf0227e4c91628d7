import type { ChatLine } from '../dialog360/chat/chat-line.ts';

/** Where a play names a message of the chat. */
const PLACES = ['to', 'quote'];
const INNER = ['reaction', 'edit', 'revoke'];

type Fields = Record<string, unknown>;

/** A play with other names for the messages it names. */
function renamed(play: Fields, rename: (name: string) => string): Fields {
  const inside = (fields: Fields, places: string[]): Fields =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        places.includes(key) && typeof value === 'string' ? rename(value) : value,
      ]),
    );
  return Object.fromEntries(
    Object.entries(inside(play, PLACES)).map(([key, value]) => [
      key,
      INNER.includes(key) ? inside(value as Fields, PLACES) : value,
    ]),
  );
}

const sides = { reply: 'business', own: 'user' } as const;

/** Ids become `reply-2`, the second message of the business, or `own-1`, the first of the visitor. */
export const withPlaces = (play: Fields, lines: readonly ChatLine[]): Fields =>
  renamed(play, (id) => {
    const line = lines.find(({ message_id }) => message_id === id);
    if (!line) return id;
    const side = line.from === 'business' ? 'reply' : 'own';
    const nth = lines.filter(({ from }) => from === line.from).indexOf(line) + 1;
    return `${side}-${nth}`;
  });

/** The same, back: in another chat, where the messages have other ids. */
export const withIds = (play: Fields, lines: readonly ChatLine[]): Fields =>
  renamed(play, (place) => {
    const [, side, nth] = place.match(/^(reply|own)-(\d+)$/) ?? [];
    const theirs = lines.filter(({ from }) => from === sides[side as keyof typeof sides]);
    return theirs[Number(nth) - 1]?.message_id ?? place;
  });

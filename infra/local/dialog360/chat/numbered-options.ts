import type { ChatLine } from './chat-line.ts';

/** The lines of a numbered list in a text of the business: what a Button Menu of many options becomes. */
export function numberedOptions({
  from,
  type,
  text,
}: Pick<ChatLine, 'from' | 'type' | 'text'>): { number: string; label: string }[] {
  if (from !== 'business' || type !== 'text') return [];
  const found = [...text.matchAll(/^(\d{1,3})\. (\S.*)$/gm)].map(([, number = '', label = '']) => ({
    number,
    label,
  }));
  return found.length > 1 && found[0]?.number === '1' ? found : [];
}

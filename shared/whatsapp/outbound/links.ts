import { percentDecoded } from '../../kernel/percent-decoded.ts';
import { LINK as LONGEST_LINK } from './limits.ts';

/** A web address in running text. CJK punctuation ends it: there is often no space after it. */
const LINK = /(?:https?:\/\/|\bwww\.)[^\s<>"，。｡！？；、「」『』（）【】]+/gi;

/** Where a link stands: from its first UTF-16 unit to the one after its last. */
interface LinkRange {
  from: number;
  to: number;
}

/** The links in a text, in their order. */
export const linksIn = (text: string): LinkRange[] =>
  [...text.matchAll(LINK)].map(({ index, 0: link }) => ({ from: index, to: index + link.length }));

/** Whether WhatsApp can show a preview: only for addresses that name http or https. */
export const hasLink = (text: string): boolean => /https?:\/\/[^\s]/i.test(text);

/** Whether WhatsApp would fetch a file from this address: it fetches https only, and no endless ones. */
export const isFetchable = (url: string): boolean =>
  /^https:/i.test(url) && url.length <= LONGEST_LINK;

/** Whether a button may open this address. */
export const fitsButton = (url: string): boolean =>
  /^https?:/i.test(url) && url.length <= LONGEST_LINK;

/** What a person reads of an address that no button opens: the number, the mail address, or all of it. */
export function wordsOfAddress(url: string): string {
  const [, plain] = /^(?:tel|sms|mailto):([^?]+)/i.exec(url) ?? [];
  return plain === undefined ? url : percentDecoded(plain);
}

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

/**
 * What the provider says, without addresses, keys and numbers: it may repeat what we sent, and whom it was for.
 * Its words are kept and shown in this form only; an error is judged by the whole of them.
 */
export const withoutSecrets = (words: string): string =>
  words
    .replace(/(?:https?:\/\/|\bwww\.)\S+/gi, '…')
    .replace(/\S+/g, (word) => (/[^@]@[^@]/.test(word) ? '…' : word))
    .replace(/[\w-]{20,}/g, '…')
    .replace(/[+\d\s()./\p{Pd}]{7,}/gu, withoutNumber)
    .replace(/\s+/g, ' ')
    .trim();

/** Seven signs from its first digit to its last may be a phone number. */
function withoutNumber(signs: string): string {
  const from = signs.search(/\d/);
  const to = signs.length - [...signs].reverse().findIndex((sign) => /\d/.test(sign));
  if (from < 0 || to - from < 7) return signs;
  return `${signs.slice(0, signs[from - 1] === '+' ? from - 1 : from)}…${signs.slice(to)}`;
}

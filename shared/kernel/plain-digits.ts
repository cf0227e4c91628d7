/** The words with the digits of any script as 0 to 9. */
export const plainDigits = (words: string): string => words.replace(/\p{Nd}/gu, digitOf);

/** Unicode keeps the ten digits of a script together, from nought to nine, and blocks of them apart. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let nought = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(nought - 1))) nought--;
  return String((code - nought) % 10);
}

import { createHash, timingSafeEqual } from 'node:crypto';

type Word = string | number;

const digest = (words: Word[]) =>
  // The length before each word keeps ('ab', 'c') and ('a', 'bc') apart.
  createHash('sha256').update(words.map((word) => `${String(word).length}:${word}`).join(''));

/** SHA-256 of several words as 43 URL-safe characters: fits SQS group and deduplication ids. */
export const hashOf = (...words: Word[]): string => digest(words).digest('base64url');

/** A deterministic id: the prefix and 128 bits of the words' SHA-256 as hex. */
export const idOf = (prefix: string, ...words: Word[]): string =>
  `${prefix}_${digest(words).digest('hex').slice(0, 32)}`;

/** What the table keeps of a secret: plain SHA-256, hex. */
export const secretHash = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');

/** Compares two hashes in constant time. Lengths are no secret: both are SHA-256. */
export function sameHash(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

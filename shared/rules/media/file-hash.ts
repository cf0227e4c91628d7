/**
 * A file's SHA-256 as the provider writes it, base64 or hex (docs/360dialog.md#media), as hex. Null for
 * anything else: a hash that cannot be read is no fault of the file's.
 */
export function readFileHash(word: string | null | undefined): string | null {
  if (!word) return null;
  if (/^[0-9a-f]{64}$/i.test(word)) return word.toLowerCase();
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(word) ? Buffer.from(word, 'base64').toString('hex') : null;
}

/**
 * What a text holds as JSON; undefined where it is none. Byte order marks before it are skipped: some
 * languages write one, and a file put into another brings a second. Never throws, because the parser's own
 * message quotes what it could not read.
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff+/, ''));
  } catch {
    return undefined;
  }
}

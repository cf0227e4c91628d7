/**
 * What a text holds as JSON; undefined where it is none. A byte order mark before it is skipped: some
 * languages write one. Never throws, because the parser's own message quotes what it could not read.
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

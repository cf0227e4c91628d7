/** Characters that make a path of a file's name, or that hide its ending. */
const UNWANTED = /[/\\\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * How a file is to be shown, and its name in any script (RFC 6266, RFC 8187). The name stands there twice:
 * for programs that read only ASCII, and as it is.
 */
export function contentDisposition(kind: 'inline' | 'attachment', visitorsName: string): string {
  const name = visitorsName.toWellFormed().replace(UNWANTED, '_');
  const ascii = name.replace(/[^\x20-\x7e]/gu, '_').replace(/["%]/g, '_');
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded(name)}`;
}

/** `encodeURIComponent` leaves four characters that RFC 8187 wants encoded. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

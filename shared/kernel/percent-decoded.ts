/** A piece of an address without its percent-encoding. One with a stray percent sign stays as it is. */
export function percentDecoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

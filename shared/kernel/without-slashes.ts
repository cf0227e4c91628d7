/** An address without the slashes at its end. Counted from the end: `/\/+$/` takes the square of their number. */
export function withoutSlashes(address: string): string {
  let end = address.length;
  while (address[end - 1] === '/') end--;
  return address.slice(0, end);
}

/**
 * Whether a JSON value nests deeper than so many levels. The parser reads any depth, but writing it
 * again needs a level of the call stack for each: what is too deep must be refused before.
 */
export function nestsDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inside) => nestsDeeperThan(levels - 1, inside));
}

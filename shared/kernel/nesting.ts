/**
 * Whether a JSON value nests deeper than so many levels. `JSON.parse` reads any depth, but
 * `JSON.stringify` needs a level of the call stack for each, so what is too deep is refused before.
 */
export function nestsDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inside) => nestsDeeperThan(levels - 1, inside));
}

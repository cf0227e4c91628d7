/**
 * Sets a key as the newest one of a map. When the map then has more than `most` keys, the oldest goes:
 * a function that runs for days must not grow without end.
 */
export function keepNewest<Value>(
  map: Map<string, Value>,
  key: string,
  value: Value,
  most: number,
): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

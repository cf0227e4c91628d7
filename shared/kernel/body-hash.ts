import { hashOf } from './hash.ts';

/**
 * The hash of a JSON value, whatever order its fields come in: two requests under one Idempotency-Key
 * are the same when their bodies hash alike. Throws on a value that nests deeper than the call stack
 * is high, so `nestsDeeperThan` is asked before.
 */
export const bodyHash = (value: unknown): string => hashOf(JSON.stringify(value, inOrder) ?? '');

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { hashOf } from './hash.ts';

/**
 * Two requests under one Idempotency-Key are the same when they say the same, in whatever order their
 * fields come. The value must not nest deeper than a call stack is high.
 */
export const bodyHash = (value: unknown): string => hashOf(JSON.stringify(value, inOrder) ?? '');

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

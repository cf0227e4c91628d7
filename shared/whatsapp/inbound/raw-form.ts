import { isJson, type Json } from '../foreign-json.ts';

/** Deeper than anything WhatsApp sends, and under the 32 levels of DynamoDB. */
const DEEPEST = 20;

/**
 * A copy of the provider's JSON that is safe to carry: what lies too deep is replaced by a note,
 * because writing it as JSON again would overflow the stack (reading it does not), and `__proto__` is
 * left out, because code that copies it into another object would change that object's prototype.
 */
export const rawForm = (value: unknown): unknown => copyOf(value, 0);

/** As `rawForm`, of an object. */
export const rawObject = (value: Json): Json => copyObject(value, 0);

function copyOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return { left_out: 'too-deep' };
  if (isJson(value)) return copyObject(value, depth);
  return Array.isArray(value) ? value.map((member) => copyOf(member, depth + 1)) : null;
}

const copyObject = (value: Json, depth: number): Json =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, member]) => [key, copyOf(member, depth + 1)]),
  );

// Reading the provider's JSON: a value that is not of the kind asked for counts as missing.
// Own properties only, so keys named `__proto__` or `constructor` are nothing special.

export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const valueAt = (owner: unknown, key: string): unknown =>
  isJson(owner) && Object.hasOwn(owner, key) ? owner[key] : undefined;

export function objectAt(owner: unknown, key: string): Json | null {
  const value = valueAt(owner, key);
  return isJson(value) ? value : null;
}

/** The list; a lone thing where a list belongs is a list of one; nothing is an empty one. */
export function listAt(owner: unknown, key: string): unknown[] {
  const value = valueAt(owner, key);
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** Any string, the empty one too. */
export function textAt(owner: unknown, key: string): string | undefined {
  const value = valueAt(owner, key);
  return typeof value === 'string' ? value : undefined;
}

/** A string that says something. */
export function wordAt(owner: unknown, key: string): string | undefined {
  return textAt(owner, key) || undefined;
}

/** The longest id we take: WhatsApp's are under 200 characters, and ids become keys in the table. */
const LONGEST_ID = 512;

/** An id as text, also where it came as a number; null: none that can be used. */
export function idAt(owner: unknown, key: string): string | null {
  const value = valueAt(owner, key);
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_ID
    ? value
    : null;
}

const DECIMAL = /^[+-]?\d{1,20}(\.\d{1,20})?$/;

export function numberAt(owner: unknown, key: string): number | null {
  const value = valueAt(owner, key);
  if (typeof value === 'string' && DECIMAL.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function flagAt(owner: unknown, key: string): boolean | undefined {
  const value = valueAt(owner, key);
  return typeof value === 'boolean' ? value : undefined;
}

/** Seconds beyond this are milliseconds: as seconds it is the year 5138 (docs/360dialog.md#webhook-bodies). */
const LAST_SECOND = 100_000_000_000;
/** The last instant a `Date` can hold. */
const LAST_MS = 8_640_000_000_000_000;

/** Epoch milliseconds from seconds, or from the milliseconds some payloads have; null: no time. */
export function timeAt(owner: unknown, key: string): number | null {
  const value = numberAt(owner, key);
  if (value === null || value <= 0) return null;
  const ms = Math.trunc(value > LAST_SECOND ? value : value * 1000);
  return ms <= LAST_MS ? ms : null;
}

/** The same without the members that are undefined. */
export const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

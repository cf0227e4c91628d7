import { isFields } from '../../kernel/is-fields.ts';

/** What stands at a JSON pointer (RFC 6901); `*` in it is every member of a list or an object. */
export function valuesAt(json: unknown, pointer: string): unknown[] {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<unknown[]>(
    (found, name) => found.flatMap((one) => members(one, name)),
    [json],
  );
}

function members(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value) && !isFields(value)) return [];
  if (name === '*') return Object.values(value);
  return Object.hasOwn(value, name) ? [(value as Record<string, unknown>)[name]] : [];
}

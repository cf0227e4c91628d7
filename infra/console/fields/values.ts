import type { Field } from './field-tree.ts';

/** What a form says, by the paths of its fields. */
export type Values = Record<string, unknown>;

/** Stands in the place of a secret that stays as it is. */
export const MASK = '…';

export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The values of the fields in an object. */
export const valuesIn = (object: object, fields: Field[]): Values =>
  Object.fromEntries(fields.map(({ path }) => [path, inside(object, path)]));

const inside = (object: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null
          ? (inner as Record<string, unknown>)[name]
          : undefined,
      object,
    );

/** The object that has these values at their paths. */
export function objectOf(values: Values): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let place = object;
    for (const name of names) {
      place[name] ??= {};
      place = place[name] as Record<string, unknown>;
    }
    place[last] = value;
  }
  return object;
}

/** The values without what must not be kept: of secrets only the names, where they have some. */
export const withoutSecrets = (values: Values, fields: Field[]): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([path]) => {
      const kind = fields.find((field) => field.path === path)?.kind;
      return kind !== undefined && kind !== 'secret' && kind !== 'secrets';
    }),
  );

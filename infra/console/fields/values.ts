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

/** The value at the path of a field, also of one that stands inside another. */
export function valueAt(values: Values, path: string): unknown {
  if (path in values) return values[path];
  const outer = Object.keys(values).find((one) => path.startsWith(`${one}.`));
  return outer === undefined ? undefined : inside(values[outer], path.slice(outer.length + 1));
}

/** The values without what must not be kept: secrets, also those inside an object. */
export const withoutSecrets = (values: Values, fields: Field[]): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([path, value]) => {
      const field = fields.find((one) => one.path === path);
      if (!field || isSecret(field)) return [];
      return [[path, withoutSecretParts(value, field)]];
    }),
  );

const isSecret = ({ kind }: Pick<Field, 'kind'>): boolean =>
  kind === 'secret' || kind === 'secrets';

/** An object without the secrets that were typed into it. Those that stay as they are stand there as `…`. */
export function withoutSecretParts(value: unknown, { path, parts }: Field): unknown {
  const secrets = parts.filter(isSecret).map((part) => part.path.slice(path.length + 1));
  if (secrets.length === 0 || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => {
      const kept = secrets.includes(name) ? onlyMasks(part) : part;
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

/** Of a secret, or of secrets by name, what stays as it is; undefined: nothing does. */
function onlyMasks(secret: unknown): unknown {
  if (typeof secret !== 'object' || secret === null) return secret === MASK ? MASK : undefined;
  const masks = Object.entries(secret).filter(([, value]) => value === MASK);
  return masks.length === 0 ? undefined : Object.fromEntries(masks);
}

import * as z from 'zod/mini';

/** The parts of a schema that are looked at; every schema of zod's has those of its type. */
interface Schema {
  def: {
    type: string;
    shape?: Record<string, Schema>;
    element?: Schema;
    innerType?: Schema;
    in?: Schema;
    out?: Schema;
    options?: Schema[];
    discriminator?: string;
    values?: unknown[];
  };
}
type Fields = Record<string, unknown>;

/**
 * The schema, for whom an optional member that is `null` or `""` is not there: many languages write out
 * what a program leaves empty. What a record or an unknown value holds is not ours to read, and a
 * required member stays what it is.
 */
export const leavingOutEmpty = <S extends z.ZodMiniType>(schema: S) =>
  z.pipe(
    z.transform((value) => withoutEmpty(schema as unknown as Schema, value)),
    schema,
  );

function withoutEmpty({ def }: Schema, value: unknown): unknown {
  switch (def.type) {
    case 'object':
      return isFields(value) ? membersOf(def.shape ?? {}, value) : value;
    case 'array':
      return Array.isArray(value) && def.element
        ? value.map((item) => withoutEmpty(def.element as Schema, item))
        : value;
    case 'pipe':
      // What a transform takes has the members of what it makes.
      return withoutEmpty((def.in?.def.type === 'transform' ? def.out : def.in) as Schema, value);
    case 'union': {
      const meant = isFields(value) ? optionFor(def, value) : undefined;
      return meant ? withoutEmpty(meant, value) : value;
    }
    default:
      return def.innerType ? withoutEmpty(def.innerType, value) : value;
  }
}

const membersOf = (shape: Record<string, Schema>, value: Fields): Fields =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
      const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (!schema) return [[name, member]];
      if ((member === null || member === '') && MAY_BE_LEFT_OUT.has(schema.def.type)) return [];
      return [[name, withoutEmpty(schema, member)]];
    }),
  );

const MAY_BE_LEFT_OUT = new Set(['optional', 'default', 'prefault']);

function optionFor({ options = [], discriminator = '' }: Schema['def'], value: Fields) {
  const word = value[discriminator];
  return options.find(({ def }) => def.shape?.[discriminator]?.def.values?.includes(word));
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

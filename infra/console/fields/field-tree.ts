/** What a JSON schema of infra/openapi.json says of one value, as far as a form needs it. */
export interface Schema {
  type?: string;
  const?: unknown;
  enum?: string[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: unknown;
  default?: unknown;
  description?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  required?: string[];
}

export type FieldKind =
  | 'fixed'
  | 'text'
  | 'long-text'
  | 'number'
  | 'choice'
  | 'switch'
  | 'lines'
  | 'several'
  | 'secret'
  | 'secrets'
  | 'object'
  | 'json';

/** One field of a form. */
export interface Field {
  /** Where its value stands: `options.park_hours`. */
  path: string;
  kind: FieldKind;
  /** The sentence of the OpenAPI document about it. */
  note: string;
  /** What holds while nothing is said; undefined: something has to be said. */
  usual: unknown;
  /** The values to choose from. */
  choices: string[];
  min: number | undefined;
  max: number | undefined;
  maxLength: number | undefined;
  /** Null may stand for no value. */
  clears: boolean;
  required: boolean;
  /** The fields of an object that may be null as a whole. */
  parts: Field[];
}

/** Values that are typed hidden and never shown. `headers` are texts by name. */
const SECRETS = ['token', 'api_key'];
const SECRETS_BY_NAME = ['headers'];
/** From so many characters on a text gets several lines. */
const LONG_TEXT = 4096;

/** The fields of an object, those of the objects in it beside them. */
export function fieldsIn({ properties = {}, required = [] }: Schema, at = ''): Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = at ? `${at}.${name}` : name;
    if (schema.type === 'object' && schema.properties) return fieldsIn(schema, path);
    return fieldOf(path, schema, required.includes(name));
  });
}

function fieldOf(path: string, schema: Schema, required: boolean): Field {
  const ways = schema.anyOf ?? [schema];
  const clears = ways.some(({ type }) => type === 'null');
  const said = ways.filter(({ type }) => type !== 'null');
  // A choice that may also be given as true or false is the choice.
  const value = said.find((way) => way.enum) ?? (said.length === 1 ? said[0] : undefined) ?? {};
  const kind = kindOf(path.slice(path.lastIndexOf('.') + 1), value);
  return {
    path,
    kind,
    note: schema.description ?? '',
    usual: schema.default,
    choices: (kind === 'several' ? value.items?.enum : value.enum) ?? [],
    min: value.minimum,
    max: value.maximum,
    maxLength: value.maxLength,
    clears,
    required,
    parts: kind === 'object' ? fieldsIn(value, path) : [],
  };
}

function kindOf(name: string, schema: Schema): FieldKind {
  if (SECRETS_BY_NAME.includes(name)) return 'secrets';
  if (SECRETS.includes(name)) return 'secret';
  if ('const' in schema) return 'fixed';
  if (schema.enum) return 'choice';
  switch (schema.type) {
    case 'boolean':
      return 'switch';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return (schema.maxLength ?? 0) >= LONG_TEXT ? 'long-text' : 'text';
    case 'object':
      return schema.properties ? 'object' : 'json';
    case 'array':
      if (schema.items?.enum) return 'several';
      return schema.items?.type === 'string' && 'maxLength' in schema.items ? 'lines' : 'json';
    default:
      return 'json';
  }
}

export type Fields = Record<string, unknown>;

const REF = '#/components/schemas/';

/** The address of a schema in the document. */
export const refTo = (name: string): string => `${REF}${name}`;
export const ref = (name: string) => ({ $ref: refTo(name) });

/** No object is closed, because we add fields and callers may send fields we do not know. */
export function leaveOpen({ jsonSchema }: { jsonSchema: Fields }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  delete jsonSchema.propertyNames; // it only says that names are text, as in all JSON
}

/** A part of a path, and something that may stand after its question mark. */
export const inPath = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description,
});
export const inQuery = (name: string, description: string) => ({
  name,
  in: 'query',
  schema: { type: 'string' },
  description,
});

/** The JSON that an endpoint takes, and the JSON that it answers. */
export const takes = (schema: string, example: Fields) => ({
  required: true,
  content: { 'application/json': { schema: ref(schema), example } },
});
export const gives = (description: string, schema: string, headers: Fields = {}) => ({
  description,
  ...(Object.keys(headers).length > 0 && { headers }),
  content: { 'application/json': { schema: ref(schema) } },
});

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

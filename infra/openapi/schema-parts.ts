export type Fields = Record<string, unknown>;

const REF = '#/components/schemas/';

/** Where a schema of the document is, by its name. */
export const refTo = (name: string): string => `${REF}${name}`;
export const ref = (name: string) => ({ $ref: refTo(name) });

/** We add fields freely, and others send us more than we know: no object is closed. */
export function leaveOpen({ jsonSchema }: { jsonSchema: Fields }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  delete jsonSchema.propertyNames; // that names are text is true of all JSON
}

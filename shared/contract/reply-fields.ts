// What the fields of replies and requests are made of. People's programs write a number where a text belongs and the
// other way round; what can mean only one thing is understood.
import * as z from 'zod/mini';

/** The longest text a reply may hold, in UTF-16 units (docs/contract.md#replies). */
export const MAX_REPLY_TEXT = 65_536;

/** Half a surrogate pair is no text, and no JSON parser has to take it. */
const wellFormed = z.overwrite<string>((value) => value.toWellFormed());
/** A number where text belongs: a room, a price, an id. */
export const asText = z.transform((value) =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : value,
);
/** A decimal number as text: a coordinate that came from a form or a database. */
export const asNumber = z.transform((value) =>
  typeof value === 'string' && /^\s*[+-]?\d{1,15}(\.\d{1,20})?\s*$/.test(value)
    ? Number(value)
    : value,
);

/** A name or a label: WhatsApp refuses blanks at its ends, so they are removed. */
export const text = (max: number) => {
  const error = `must be text of 1 to ${max} characters`;
  return z.pipe(
    asText,
    z.string({ error }).check(wellFormed, z.trim(), z.minLength(1, error), z.maxLength(max, error)),
  );
};

/** Words for the visitor, kept exactly as they are written. */
export const said = (() => {
  const error = `must be text of at most ${MAX_REPLY_TEXT} characters, not only blanks`;
  const isSaid = z.refine<string>((value) => value.trim() !== '', { error });
  return z.pipe(
    asText,
    z.string({ error }).check(wellFormed, isSaid, z.maxLength(MAX_REPLY_TEXT, error)),
  );
})();

/** The same, where there need be none. */
export const caption = (() => {
  const error = `must be text of at most ${MAX_REPLY_TEXT} characters`;
  return z.pipe(asText, z.string({ error }).check(wellFormed, z.maxLength(MAX_REPLY_TEXT, error)));
})();

export const between = (min: number, max: number) => {
  const error = `must be a number from ${min} to ${max}`;
  return z.pipe(asNumber, z.number({ error }).check(z.minimum(min, error), z.maximum(max, error)));
};

export const seconds = (() => {
  const error = 'must be a number of seconds above 0';
  return z.pipe(asNumber, z.number({ error }).check(z.positive(error)));
})();

export const someOf = <T extends z.ZodMiniType>(item: T, max: number) => {
  const error = `must be a list of 1 to ${max}`;
  return z.array(item, { error }).check(z.minLength(1, error), z.maxLength(max, error));
};

export const oneOf = <const T extends [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

export const yesOrNo = z.boolean({ error: 'must be true or false' });

/** An object of WhatsApp's own, which is not ours to read. */
export const foreign = (example: string) =>
  z.record(z.string(), z.unknown(), { error: `must be an object like ${example}` });

/** A template's language, `en` or `pt_BR`: WhatsApp knows no hyphens, and most programs write them. */
export const templateLanguage = z.pipe(
  z.transform((value) => (typeof value === 'string' ? asWhatsAppWrites(value.trim()) : value)),
  text(15),
);

const asWhatsAppWrites = (language: string): string => {
  const [, tongue, country] = /^([a-z]{2,3})(?:[-_]([a-z]{2}))?$/i.exec(language) ?? [];
  if (!tongue) return language.replaceAll('-', '_');
  return tongue.toLowerCase() + (country ? `_${country.toUpperCase()}` : '');
};

/** A value for a placeholder of a template; WhatsApp takes texts only, and no empty ones. */
const parameter = z.pipe(
  asText,
  z.string({ error: 'must be text' }).check(
    wellFormed,
    z.refine((value) => value.trim() !== '', { error: 'must not be empty' }),
  ),
);
/** By name as WhatsApp has names, or by number; with both at once their order would be unknown. */
const areNames = z.refine<Record<string, string>>(
  (values) =>
    [/^[a-z][a-z0-9_]*$/i, /^\d+$/].some((name) =>
      Object.keys(values).every((key) => name.test(key)),
    ),
  { error: 'must be named as the template names them, or numbered' },
);
export const parameters = z.union(
  [z.array(parameter), z.record(z.string(), parameter).check(areNames)],
  { error: 'must be a list or an object of texts' },
);

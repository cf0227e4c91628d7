// The fields that several types of messages have, with WhatsApp's limits
// (docs/360dialog.md#sending).
import * as z from 'zod/mini';

export const text = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((value) => value.trim() !== '', { error: 'must not be empty' }),
    z.refine((value) => value.isWellFormed(), { error: 'must not hold half a surrogate pair' }),
  );
/** The documentation: "button/action strings with leading/trailing blanks are rejected". */
export const trimmed = (max: number) =>
  text(max).check(z.regex(/^\S(.*\S)?$/s, 'must not have blanks at its ends'));
export const label = (max: number) => trimmed(max).check(z.regex(/^.*$/, 'must be one line'));
const oneOf = (...names: string[]) =>
  z.refine<object>((value) => names.filter((name) => name in value).length === 1, {
    error: `must have exactly one of ${names.join(', ')}`,
  });
export const unique = <T>(by: (item: T) => unknown) =>
  z.refine<T[]>((items) => new Set(items.map(by)).size === items.length, {
    error: 'must not repeat',
  });

const source = {
  id: z.optional(text(512)),
  link: z.optional(z.string().check(z.maxLength(4096), z.regex(/^https:\/\/\S+$/i))),
};
const caption = z.optional(text(1024));
const filename = z.optional(text(255));
export const media = {
  image: z.strictObject({ ...source, caption }).check(oneOf('id', 'link')),
  video: z.strictObject({ ...source, caption }).check(oneOf('id', 'link')),
  audio: z.strictObject({ ...source, voice: z.optional(z.boolean()) }).check(oneOf('id', 'link')),
  document: z.strictObject({ ...source, caption, filename }).check(oneOf('id', 'link')),
  sticker: z.strictObject(source).check(oneOf('id', 'link')),
};

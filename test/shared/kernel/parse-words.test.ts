import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { read } from '../../../shared/kernel/parse.ts';

// biome-ignore format: a table reads by column
const wordless = [
  { what: 'a text',             schema: z.string(),                             value: 1,     says: 'must be text' },
  { what: 'a number',           schema: z.number(),                             value: '1',   says: 'must be a number' },
  { what: 'a whole number',     schema: z.number().check(z.int()),              value: 1.5,   says: 'must be a whole number' },
  { what: 'a flag',             schema: z.boolean(),                            value: 'yes', says: 'must be true or false' },
  { what: 'a list',             schema: z.array(z.string()),                    value: {},    says: 'must be a list' },
  { what: 'an object',          schema: z.object({}),                           value: [],    says: 'must be an object' },
  { what: 'a record',           schema: z.record(z.string(), z.string()),       value: [],    says: 'must be an object' },
  { what: 'one of some words',  schema: z.enum(['a', 'b']),                     value: 'c',   says: 'must be one of a, b' },
  { what: 'one word',           schema: z.literal('a'),                         value: 'c',   says: 'must be a' },
  { what: 'a longer text',      schema: z.string().check(z.minLength(2)),       value: 'a',   says: 'must be at least 2 characters long' },
  { what: 'a shorter list',     schema: z.array(z.string()).check(z.maxLength(1)), value: ['a', 'b'], says: 'must be at most 1 items long' },
  { what: 'more',               schema: z.number().check(z.positive()),         value: 0,     says: 'must be more than 0' },
  { what: 'one of two kinds',   schema: z.union([z.string(), z.array(z.string())]), value: 7, says: 'must be text, or must be a list' },
  { what: 'known names only',   schema: z.strictObject({}),                     value: { a: 1 }, says: 'must not have a; there are none' },
  { what: 'another name',       schema: z.strictObject({ name: z.optional(z.string()) }), value: { filename: 'a' }, says: 'must not have filename: did you mean name?' },
  { what: 'names that it has',  schema: z.strictObject({ latitude: z.optional(z.number()), name: z.optional(z.string()) }), value: { lat: 1, nane: 'a' }, says: 'must not have lat, nane; there are latitude, name' },
  { what: 'a date',             schema: z.string().check(z.regex(/^\d{4}$/)),   value: 'x',   says: 'must have another form' },
];

test.each(wordless)('a schema without words of its own says that it wants $what', ({
  schema,
  value,
  says,
}) => {
  const outcome = read(schema, value);
  expect(outcome.ok ? [] : outcome.errors).toEqual([{ path: '', detail: says }]);
});

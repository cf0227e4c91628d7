import { expect, test } from 'vitest';
import { isService, templateIn } from '../../../../shared/rules/opt-out/template-category.ts';

const listed = [
  { name: 'order_shipped', language: 'en', category: 'UTILITY' },
  { name: 'order_shipped', language: 'de', category: 'MARKETING' },
  { name: 'code', language: 'en', category: 'authentication' },
  { name: 'sale', language: 'en', category: 'MARKETING' },
  { name: 'odd', language: 'en' },
];

// biome-ignore format: a table reads by column
const cases = [
  { what: 'a utility template',           name: 'order_shipped', language: 'en', is: true },
  { what: 'marketing in this language',   name: 'order_shipped', language: 'de', is: false },
  { what: 'not there in this language',   name: 'order_shipped', language: 'ru', is: false },
  { what: 'a code, in small letters',     name: 'code',          language: 'en', is: true },
  { what: 'marketing',                    name: 'sale',          language: 'en', is: false },
  { what: 'without a category',           name: 'odd',           language: 'en', is: false },
  { what: 'in no list',                   name: 'unheard_of',    language: 'en', is: false },
];

test.each(cases)('a template that is $what is no marketing: $is', ({ name, language, is }) => {
  expect(isService({ name, language }, listed)).toBe(is);
});

test('where nothing is listed everything may be marketing, and so may what is no template', () => {
  expect(isService({ name: 'code', language: 'en' }, [])).toBe(false);
  expect(isService(null, listed)).toBe(false);
});

// biome-ignore format: a table reads by column
const bodies: { what: string; body: Record<string, unknown>; is: unknown }[] = [
  { what: 'a template',             body: { template: { name: 'a', language: { code: 'en' } } },  is: { name: 'a', language: 'en' } },
  { what: 'a text',                 body: { text: { body: 'a' } },                                is: null },
  { what: 'one without a language', body: { template: { name: 'a' } },                            is: null },
  { what: 'one without a name',     body: { template: { language: { code: 'en' } } },             is: null },
  { what: 'a raw one that is odd',  body: { template: 'a' },                                      is: null },
];

test.each(bodies)('what $what names', ({ body, is }) => {
  expect(templateIn(body)).toEqual(is);
});

import { expect, test } from 'vitest';
import { billedAs } from '../../../shared/whatsapp/billed-as.ts';

// biome-ignore format: a table reads by column
test.each([
  { pricing: { billable: true, category: 'utility' },         is: 'utility' },
  { pricing: { billable: true, category: 'marketing_lite' },  is: 'marketing_lite' },
  { pricing: { billable: true, category: 'Not a word' },      is: 'other' },
  { pricing: { billable: true, category: ['utility'] },       is: 'other' },
  { pricing: { billable: true },                              is: 'other' },
  { pricing: { billable: false, category: 'service' },        is: null },
  { pricing: { category: 'service' },                         is: null },
  { pricing: undefined,                                       is: null },
])('$pricing is billed as $is', ({ pricing, is }) => {
  expect(billedAs(pricing)).toBe(is);
});

import { expect, test } from 'vitest';
import { readJson } from '../../../shared/kernel/read-json.ts';

// biome-ignore format: a table reads by column
const texts = [
  { text: '{"a":1}',          holds: { a: 1 } },
  { text: '\ufeff{"a":1}',    holds: { a: 1 } },
  { text: '\ufeff\n [1]\n',   holds: [1] },
  { text: '\ufeff',           holds: undefined },
  { text: '\ufeff\ufeff{}',   holds: {} },
  { text: '{}\ufeff',         holds: undefined },
  { text: 'null',             holds: null },
  { text: '',                 holds: undefined },
  { text: '{"a":',            holds: undefined },
];

test.each(texts)('$text', ({ text, holds }) => {
  expect(readJson(text)).toEqual(holds);
});

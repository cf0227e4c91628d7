import { expect, test } from 'vitest';
import { bodyFilling, bodyGaps } from '../../../shared/whatsapp/template-body.ts';

const body = (text: unknown) => [
  { type: 'HEADER', text: '{{1}}' },
  { type: 'body', text },
];

// biome-ignore format: a table reads by column
const listed = [
  { what: 'positions, each once',  components: body('Hi {{1}}, {{2}} of {{1}}'), gaps: ['1', '2'] },
  { what: 'names',                 components: body('Hi {{name}}'),              gaps: ['name'] },
  { what: 'nothing',               components: body('Hi'),                       gaps: [] },
  { what: 'a list without bodies', components: undefined,                        gaps: null },
  { what: 'a body without a text', components: body(undefined),                  gaps: null },
  { what: 'what is no component',  components: [null, 'BODY'],                   gaps: null },
];

test.each(listed)('a body with $what leaves open $gaps', ({ components, gaps }) => {
  expect(bodyGaps(components)).toEqual(gaps);
});

const named = { type: 'text', parameter_name: 'name', text: 'Anna' };

// biome-ignore format: a table reads by column
const sent = [
  { what: 'a list',                  fills: { parameters: ['a', 'b'] },                     is: ['1', '2'] },
  { what: 'names',                   fills: { parameters: { name: 'a' } },                  is: ['name'] },
  { what: 'nothing',                 fills: {},                                             is: [] },
  { what: 'components of WhatsApp’s', fills: { components: [{ type: 'body', parameters: [{ type: 'text', text: 'a' }] }] }, is: ['1'] },
  { what: 'named components',        fills: { components: [{ type: 'BODY', parameters: [named] }] }, is: ['name'] },
  { what: 'a header beside a list',  fills: { parameters: ['a'], components: [{ type: 'header', parameters: [named] }] }, is: ['1'] },
  { what: 'a header alone',          fills: { components: [{ type: 'header', parameters: [named] }] }, is: [] },
];

test.each(sent)('a template that is sent with $what fills $is', ({ fills, is }) => {
  expect(bodyFilling(fills)).toEqual(is);
});

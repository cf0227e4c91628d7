import fc from 'fast-check';
import { expect, test } from 'vitest';
import { providerWords } from '../../../shared/dialog360/provider-words.ts';

// biome-ignore format: a table reads by column
const cases: { when: string; json: unknown; words: string | null }[] = [
  { when: 'the gateway speaks',             json: { meta: { developer_message: 'Invalid api_key' } },   words: 'Invalid api_key' },
  { when: 'it speaks in camel case',        json: { meta: { developerMessage: 'Invalid api_key' } },    words: 'Invalid api_key' },
  { when: 'the API answers an error text',  json: { error: 'lack of payment' },                         words: 'lack of payment' },
  { when: 'Meta is passed through',         json: { error: { message: '(#131009) Parameter value is not valid', code: 131009 } }, words: '(#131009) Parameter value is not valid' },
  { when: 'the sandbox speaks',             json: { detail: 'not your verified number' },               words: 'not your verified number' },
  { when: 'v1 lists errors',                json: { errors: [{ code: 1013, title: 'User is not valid', details: 'Recipient is not valid' }] }, words: 'Recipient is not valid' },
  { when: 'v1 has only a title',            json: { errors: [{ title: 'User is not valid' }] },         words: 'User is not valid' },
  { when: 'one shape is broken',            json: { meta: 7, error: { message: 1 }, detail: 'still' },  words: 'still' },
  { when: 'nothing is said',                json: {},                                                   words: null },
  { when: 'there is no JSON',               json: null,                                                 words: null },
  { when: 'it repeats our address',         json: { error: 'https://channel.example/webhooks/ch_1/abc is bad' },      words: '… is bad' },
  { when: 'it repeats a key',               json: { error: 'unknown key Zm9vYmFyZm9vYmFyZm9vYmFy_AK' }, words: 'unknown key …' },
  { when: 'it names a number',              json: { error: 'number +49 171 3920042 is blocked' },       words: 'number … is blocked' },
  { when: 'it has line breaks',             json: { error: 'one\n\ttwo' },                              words: 'one two' },
];

test.each(cases)('when $when', ({ json, words }) => {
  expect(providerWords(json)).toBe(words);
});

test('whatever arrives, it is short and never throws', () => {
  fc.assert(
    fc.property(
      fc.record({ error: fc.anything(), meta: fc.anything(), detail: fc.string() }),
      (json) => {
        expect((providerWords(json) ?? '').length).toBeLessThanOrEqual(200);
      },
    ),
  );
});

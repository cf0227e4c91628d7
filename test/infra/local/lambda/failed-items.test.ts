import { expect, test } from 'vitest';
import { failedItems } from '../../../../infra/local/lambda/failed-items.ts';

const failing = (...ids: unknown[]) => ({
  batchItemFailures: ids.map((id) => ({ itemIdentifier: id })),
});

// biome-ignore format: a table reads by column
const cases = [
  { when: 'nothing is answered',          answer: null,                              failed: '' },
  { when: 'something else is answered',   answer: 'fine',                            failed: '' },
  { when: 'the list is missing',          answer: {},                                failed: '' },
  { when: 'the list is null',             answer: { batchItemFailures: null },       failed: '' },
  { when: 'the list is empty',            answer: failing(),                         failed: '' },
  { when: 'one is named',                 answer: failing('b'),                      failed: 'b' },
  { when: 'an id is unknown',             answer: failing('b', 'x'),                 failed: 'abc' },
  { when: 'an id is empty',               answer: failing(''),                       failed: 'abc' },
  { when: 'an id is missing',             answer: { batchItemFailures: [{}] },       failed: 'abc' },
  { when: 'an entry is no object',        answer: { batchItemFailures: ['b'] },      failed: 'abc' },
  { when: 'the list is no list',          answer: { batchItemFailures: 'b' },        failed: 'abc' },
];

test.each(cases)('when $when, of the batch [$failed] comes again', ({ answer, failed }) => {
  expect([...failedItems(answer, ['a', 'b', 'c'])].join('')).toBe(failed);
});

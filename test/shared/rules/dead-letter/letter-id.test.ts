import { expect, test } from 'vitest';
import { letterId, readLetterId } from '../../../../shared/rules/dead-letter/letter-id.ts';

const places = [
  { channel_id: 'ch_0123456789abcdef0123', at: 1_795_341_603_000, id: `evt_${'0f'.repeat(16)}` },
  { channel_id: 'unknown', at: 0, id: '-hash_of-a-body' },
];
test.each(places)('the id of a letter leads to its place: $id', (place) => {
  expect(readLetterId(letterId(place))).toEqual(place);
});

test.each([
  '',
  'a.b',
  'a.1.b.c',
  'a#b.1.c',
  'a.-1.c',
  'a.1e3.c',
  `a.1.${'c'.repeat(65)}`,
  'a.8640000000000001.c',
])('"%s" is no id of a letter', (text) => {
  expect(readLetterId(text)).toBeNull();
});

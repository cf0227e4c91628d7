import { expect, test } from 'vitest';
import {
  flagAt,
  idAt,
  listAt,
  numberAt,
  objectAt,
  timeAt,
  valueAt,
  wordAt,
} from '../../../shared/whatsapp/foreign-json.ts';

test('what an object inherits is not in it', () => {
  for (const key of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    expect(valueAt({}, key)).toBeUndefined();
    expect(objectAt({}, key)).toBeNull();
    expect(listAt({}, key)).toEqual([]);
  }
});

test('what is not of the kind asked for is not there', () => {
  for (const owner of [null, undefined, 7, 'length', [1], { length: {} }]) {
    expect(objectAt(owner, '0')).toBeNull();
    expect(wordAt(owner, 'length')).toBeUndefined();
    expect(numberAt(owner, 'length')).toBeNull();
    expect(flagAt(owner, 'length')).toBeUndefined();
    expect(idAt(owner, 'length')).toBeNull();
  }
});

// biome-ignore format: a table reads by column
const numbers = [
  { value: '52.52', is: 52.52 }, { value: '-13', is: -13 }, { value: '+5', is: 5 },      { value: 1e21, is: 1e21 },
  { value: '',      is: null },  { value: ' 1', is: null }, { value: '1e3', is: null },  { value: '١٢', is: null },
  { value: true,    is: null },  { value: '1.', is: null }, { value: [5], is: null },    { value: Number.POSITIVE_INFINITY, is: null },
];

test.each(numbers)('$value is the number $is', ({ value, is }) => {
  expect(numberAt({ value }, 'value')).toBe(is);
});

test.each([
  { value: 100_000_000_000, is: 100_000_000_000_000 }, // the last that is seconds
  { value: 100_000_000_001, is: 100_000_000_001 },
  { value: 8_640_000_000_000_000, is: 8_640_000_000_000_000 },
  { value: 8_640_000_000_000_001, is: null },
  { value: 0, is: null },
])('the time $value is $is in milliseconds', ({ value, is }) => {
  expect(timeAt({ value }, 'value')).toBe(is);
});

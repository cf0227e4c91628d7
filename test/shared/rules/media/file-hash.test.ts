import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readFileHash } from '../../../../shared/rules/media/file-hash.ts';

const hash = createHash('sha256').update('a file').digest();
const hex = hash.toString('hex');

// biome-ignore format: a table reads by column
const words = [
  { what: 'base64, as webhooks of today have it',  word: hash.toString('base64'),            reads: hex },
  { what: 'base64 without its end',                word: hash.toString('base64').slice(0, -1), reads: hex },
  { what: 'base64 for addresses',                  word: hash.toString('base64url'),         reads: hex },
  { what: 'hex, as the old ones have it',          word: hex,                                reads: hex },
  { what: 'hex in capitals',                       word: hex.toUpperCase(),                  reads: hex },
  { what: 'nothing',                               word: '',                                 reads: null },
  { what: 'absent',                                word: undefined,                          reads: null },
  { what: 'too short',                             word: hex.slice(2),                       reads: null },
  { what: 'some other word',                       word: 'sha256',                           reads: null },
];

test.each(words)('a hash that is $what', ({ word, reads }) => {
  expect(readFileHash(word)).toBe(reads);
});

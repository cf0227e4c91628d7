import { expect, test } from 'vitest';
import { optedOut } from '../../../shared/rules/opted-out.ts';

const AT = Date.parse('2026-11-22T10:00:00Z');
const stop = { value: 'stop' as const, at: AT };
const resume = { value: 'resume' as const, at: AT };

// biome-ignore format: a table reads by column
const cases = [
  { when: 'they said nothing of the kind',                  stop_word_at: null, marketing: null,   is: null },
  { when: 'they said a stop word',                          stop_word_at: AT,   marketing: null,   is: 'everything' },
  { when: 'they said one long ago',                         stop_word_at: 0,    marketing: null,   is: 'everything' },
  { when: 'they told WhatsApp to stop marketing',           stop_word_at: null, marketing: stop,   is: 'marketing' },
  { when: 'they did both',                                  stop_word_at: AT,   marketing: stop,   is: 'everything' },
  { when: 'they want marketing again',                      stop_word_at: null, marketing: resume, is: null },
  { when: 'they want marketing again, but said a stop word', stop_word_at: AT,  marketing: resume, is: 'everything' },
];

test.each(cases)('when $when: $is', ({ stop_word_at, marketing, is }) => {
  expect(optedOut({ stop_word_at, marketing })).toBe(is);
});

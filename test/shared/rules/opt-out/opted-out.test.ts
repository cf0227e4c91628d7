import { expect, test } from 'vitest';
import { optedOut } from '../../../../shared/rules/opt-out/opted-out.ts';

const AT = Date.parse('2026-11-22T10:00:00Z');
const said = (value: 'stop' | 'start', at = AT) => ({ value, at });
const stop = { value: 'stop' as const, at: AT };
const resume = { value: 'resume' as const, at: AT };

// biome-ignore format: a table reads by column
const cases = [
  { when: 'they said nothing of the kind',                  word: null,          marketing: null,   is: null },
  { when: 'they said a stop word',                          word: said('stop'),   marketing: null,   is: 'everything' },
  { when: 'they said one long ago',                         word: said('stop', 0),   marketing: null,   is: 'everything' },
  { when: 'they told WhatsApp to stop marketing',           word: null,          marketing: stop,   is: 'marketing' },
  { when: 'they did both',                                  word: said('stop'),   marketing: stop,   is: 'everything' },
  { when: 'they want marketing again',                      word: null,          marketing: resume, is: null },
  { when: 'they said a start word last', word: said('start'), marketing: null, is: null },
  { when: 'they said a start word, but want no marketing', word: said('start'), marketing: stop, is: 'marketing' },
  { when: 'they want marketing again, but said a stop word', word: said('stop'),  marketing: resume, is: 'everything' },
];

test.each(cases)('when $when: $is', ({ word, marketing, is }) => {
  expect(optedOut({ stop_word: word, marketing })).toBe(is);
});

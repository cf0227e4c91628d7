import { expect, test } from 'vitest';
import { optedOut } from '../../../../shared/rules/opt-out/opted-out.ts';

const AT = Date.parse('2026-11-22T10:00:00Z');
const said = (value: 'stop' | 'start', at = AT) => ({ value, at });
const stop = { value: 'stop' as const, at: AT };
const resume = { value: 'resume' as const, at: AT };

// biome-ignore format: a table reads by column
const cases = [
  { when: 'the visitor said nothing of the kind',           word:  null,          marketing: null,   is: null },
  { when: 'the visitor said a stop word',                   word:  said('stop'),   marketing: null,   is: 'everything' },
  { when: 'the visitor said one long ago',                  word:  said('stop', 0),   marketing: null,   is: 'everything' },
  { when: 'the visitor told WhatsApp to stop marketing',    word:  null,          marketing: stop,   is: 'marketing' },
  { when: 'the visitor did both',                           word:  said('stop'),   marketing: stop,   is: 'everything' },
  { when: 'the visitor wants marketing again',              word:  null,          marketing: resume, is: null },
  { when: 'the visitor said a start word last', word: said('start'), marketing: null, is: null },
  { when: 'the visitor said a start word, but wants no marketing', word: said('start'), marketing: stop, is: 'marketing' },
  { when: 'the visitor wants marketing again, but said a stop word', word: said('stop'),  marketing: resume, is: 'everything' },
];

test.each(cases)('when $when: $is', ({ word, marketing, is }) => {
  expect(optedOut({ stop_word: word, marketing })).toBe(is);
});

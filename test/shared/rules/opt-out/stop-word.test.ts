import { expect, test } from 'vitest';
import type { InboundMessage } from '../../../../shared/contract/inbound-item.ts';
import { stopWordIn } from '../../../../shared/rules/opt-out/stop-word.ts';

const options = {
  stop_words: ['STOP', 'Стоп', 'opt out', 'Schluß', 'iptal', 'توقف', 'both', '!', '  '],
  start_words: ['start', 'both'],
};
const text = { kind: 'text' as const };
const tap = (label: string) => ({
  kind: 'choice' as const,
  option: { id: 'stop', label },
  via: 'tap' as const,
});

// biome-ignore format: a table reads by column
const cases: { what: string; said: string; content?: InboundMessage['content']; is: 'stop' | 'start' | null }[] = [
  { what: 'the word',                            said: 'STOP',               is: 'stop' },
  { what: 'another case',                        said: 'Stop',               is: 'stop' },
  { what: 'blanks and breaks around it',         said: ' \n stop\t',         is: 'stop' },
  { what: 'marks behind it',                     said: 'Stop!!',             is: 'stop' },
  { what: 'a dot and a blank behind it',         said: 'stop. ',             is: 'stop' },
  { what: 'wide letters',                        said: 'ｓｔｏｐ',            is: 'stop' },
  { what: 'a word in another script',            said: 'СТОП…',              is: 'stop' },
  { what: 'one that is written from the right',  said: '\u200fتوقف؟\u200f',  is: 'stop' },
  { what: 'two words',                           said: 'Opt  out',           is: 'stop' },
  { what: 'two words, far apart',                said: `opt${' '.repeat(1_994)}out`, is: 'stop' },
  { what: 'two words, farther than is read',     said: `opt${' '.repeat(1_995)}out`, is: null },
  { what: 'a letter with two capitals',          said: 'SCHLUSS',            is: 'stop' },
  { what: 'a word that takes it back',           said: 'Start',              is: 'start' },
  { what: 'a word of both lists',                said: 'both',               is: 'stop' },
  { what: 'a word in a sentence',                said: 'stop it',            is: null },
  { what: 'quotes around it',                    said: '"stop"',             is: 'stop' },
  { what: 'bold',                                said: '*STOP*',             is: 'stop' },
  { what: 'marks of Spanish',                    said: '¡stop!',             is: 'stop' },
  { what: 'a dot before it',                     said: '.stop',              is: 'stop' },
  { what: 'a dotted capital',                    said: 'İPTAL',              is: 'stop' },
  { what: 'a name for a topic',                  said: '#stop',              is: null },
  { what: 'the name of a person',                said: '@stop',              is: null },
  { what: 'part of the word',                    said: 'sto',                is: null },
  { what: 'only marks',                          said: '?!',                 is: null },
  { what: 'nothing',                             said: '',                   is: null },
  { what: 'a tapped label',                      said: '', content: tap('Stop'), is: 'stop' },
  { what: 'a tapped label, whatever was typed',  said: 'stop', content: tap('Go on'), is: null },
  { what: 'a caption',                           said: 'stop', content: { kind: 'image', file: { id: '1' } }, is: null },
  { what: 'a word that was edited',              said: 'stop', content: { kind: 'edit', to_message_id: 'wamid.1' }, is: null },
];

test.each(cases)('$what: $is', ({ said, content = text, is }) => {
  expect(stopWordIn({ content, text: said }, options)).toBe(is);
});

test.each([
  { stop_words: [], start_words: [] },
  {}, // as a channel of an earlier version has it
])('a channel without such words stops nothing: %o', (none) => {
  expect(stopWordIn({ content: text, text: 'stop' }, none)).toBeNull();
});

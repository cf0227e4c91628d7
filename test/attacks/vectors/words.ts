import { deep, deepList, long } from './vector.ts';

/** What an agent answers, as text. The visitor gets `texts`, and the agent is not asked again. */
export interface BadAnswer {
  what: string;
  answer: () => string;
  texts: string[];
}

const beside = (reply: string) => `{"replies":[${reply},"Still here"]}`;
const ONE = ['Still here'];

// biome-ignore format: a table reads by line
export const ANSWERS: BadAnswer[] = [
  { what: 'lists in lists', answer: () => deepList(), texts: [] },
  { what: 'a reply in depths', answer: () => beside(deepList()), texts: ONE },
  { what: 'a raw message in depths', answer: () => beside(`{"type":"raw","message":{"type":"text","text":${deep('{"a":', '}', 30_000)}}}`), texts: ONE },
  { what: 'a field beside the replies in depths', answer: () => `{"replies":["Still here"],"dialog":${deepList()}}`, texts: ONE },
  { what: 'a read receipt', answer: () => beside('{"type":"raw","message":{"status":"read","message_id":"wamid.1","typing_indicator":{"type":"text"}}}'), texts: ONE },
  { what: 'a template that is none', answer: () => beside('{"type":"raw","message":{"type":"template","text":{"body":"x"}}}'), texts: ONE },
  { what: 'a reply called __proto__', answer: () => beside('{"type":"__proto__"}'), texts: ONE },
  { what: 'replies from the prototype', answer: () => '{"__proto__":{"replies":["x"]},"replies":["Still here"]}', texts: ONE },
  { what: 'null bytes and half a pair of surrogates', answer: () => beside('{"type":"pause","seconds":"\\u0000\\ud800"}'), texts: ONE },
  { what: 'a reply that is an address of this machine’s network', answer: () => beside('{"type":"attachment","kind":"image","url":"https://169.254.169.254/","send_as":"nonsense"}'), texts: ONE },
  { what: 'a text of brackets that is to be converted', answer: () => beside(`{"type":"buttons","text":"${long(40_000, '[')}","buttons":[]}`), texts: ONE },
];

/** What a visitor says. The agent is asked once with each. */
// biome-ignore format: a table reads by line
export const SAID: { what: string; text: () => string }[] = [
  { what: 'marks between two letters', text: () => `x${long(65_534, '!')}x` },
  { what: 'blanks between two letters', text: () => `x${long(65_534, ' ')}x` },
  { what: 'null bytes', text: () => 'a\u0000b' },
  { what: 'the name of a prototype', text: () => '__proto__' },
  { what: 'accents on one letter', text: () => `e${long(20_000, '\u0301')}` },
  { what: 'accents above and below one letter', text: () => `e${long(32_000, '\u0300')}${long(32_000, '\u0316')}` },
  { what: 'signs that turn the direction', text: () => '\u202eevil\u202c' },
  { what: 'an instruction in the form of a key', text: () => 'CHANNEL#ch_00000000000000000000' },
];

import { expect, test } from 'vitest';
import { placeWords } from '../../../infra/cli/find-admin-api.ts';
import { nextCommandIn } from '../../../infra/cli/next-command.ts';

// biome-ignore format: a table reads by column
test.each([
  { given: {}, words: ['show', 'ch_1'], line: 'show ch_1' },
  { given: { local: true }, words: ['show', 'ch_1'], line: 'show ch_1 --local' },
  { given: { port: '3001' }, words: ['list'], line: 'list --port 3001' },
  { given: { local: true, port: '3001' }, words: ['list'], line: 'list --local --port 3001' },
  { given: { stack: 'second', region: 'eu-west-1', profile: 'my own' }, words: ['list'], line: "list --stack second --region eu-west-1 --profile 'my own'" },
  { given: { url: 'https://a.example/x?y' }, words: ['list'], line: "list --url 'https://a.example/x?y'" },
  { given: {}, words: ['check', 'ch_1', '--ask', "it's $1"], line: "check ch_1 --ask 'it'\\''s $1'" },
])('with $given the next command is $line', ({ given, words, line }) => {
  expect(nextCommandIn(placeWords(given))(...words)).toBe(`npx dialog360-channel ${line}`);
});

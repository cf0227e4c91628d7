import { expect, test } from 'vitest';
import { askPerson } from '../../../infra/cli/ask-person.ts';
import { deleteChannel } from '../../../infra/cli/commands/delete.ts';
import { nextCommandIn } from '../../../infra/cli/next-command.ts';
import { unreachable } from '../../../infra/cli/outcome.ts';
import { readToken } from '../../../infra/cli/read-token.ts';
import { openTerminal } from './terminal.ts';

const sitting = () => openTerminal({ isTTY: true });

test('what a person types hidden is not shown, and nothing of it reaches stdout', async () => {
  const terminal = sitting();
  const answer = askPerson(terminal, 'Key: ', { hidden: true });
  terminal.stdin.write('sec');
  terminal.stdin.write('ret-kez\u007fy\r');
  expect(await answer).toBe('secret-key');
  expect(terminal.shown).toEqual({ stdout: '', stderr: 'Key: \n' });
});

test('what a person types openly is shown', async () => {
  const terminal = sitting();
  const answer = askPerson(terminal, 'Sure? ');
  terminal.stdin.write('yes\r');
  expect(await answer).toBe('yes');
  expect(terminal.shown.stderr).toContain('yes');
});

test.each([
  { key: 'Ctrl-C', code: '\u0003' },
  { key: 'Ctrl-D', code: '\u0004' },
])('a person stops the question with $key', async ({ code }) => {
  const terminal = sitting();
  const answer = readToken({ terminal, localUrl: null });
  terminal.stdin.write(code);
  expect(await answer).toEqual({ kind: 'interrupted' });
});

test('a terminal that closes stops the question', async () => {
  const terminal = sitting();
  const answer = readToken({ terminal, localUrl: null });
  terminal.stdin.end();
  expect(await answer).toEqual({ kind: 'interrupted' });
});

test.each([
  { place: 'the cloud', localUrl: null, asks: '360dialog API key (stays hidden): ' },
  {
    place: 'this machine',
    localUrl: 'http://localhost:3000',
    asks: '360dialog API key (stays hidden; for the runtime’s own 360dialog any text will do): ',
  },
])('for a channel in $place the question is $asks', async ({ localUrl, asks }) => {
  const terminal = sitting();
  const answer = readToken({ terminal, localUrl });
  terminal.stdin.write('x\r');
  expect(await answer).toBe('x');
  expect(terminal.shown.stderr).toBe(`${asks}\n`);
});

test('a program gives the token on standard input, and blanks around it do not count', async () => {
  const terminal = openTerminal();
  terminal.stdin.end('  key-of-a-program\r\n');
  expect(await readToken({ terminal, localUrl: null })).toBe('key-of-a-program');
  expect(terminal.shown).toEqual({ stdout: '', stderr: '' });
});

test('before a deletion the person is asked, and any answer but yes leaves the channel as it is', async () => {
  const terminal = sitting();
  const asked: unknown[] = [];
  const ask = async (question: unknown) => {
    asked.push(question);
    return { kind: 'answered' as const, json: null };
  };
  const readLog = async () => ({ lines: [], missing: [] });
  const openApi = async () => unreachable('not asked');
  const next = nextCommandIn([]);
  const ways = { asJson: false, openApi, ask, askWithKey: ask, readLog, localUrl: null, next };
  const call = { given: ['ch_a'], values: {}, terminal, ...ways };
  const refused = deleteChannel.run(call);
  terminal.stdin.write('no\r');
  expect(await refused).toEqual({ kind: 'interrupted' });
  expect(asked).toEqual([]);

  const confirmed = deleteChannel.run(call);
  terminal.stdin.write('yes\r');
  expect(await confirmed).toMatchObject({ kind: 'done' });
  expect(asked).toEqual([{ method: 'DELETE', path: '/ch_a', ifMatch: undefined }]);
});

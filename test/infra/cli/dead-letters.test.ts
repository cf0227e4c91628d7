import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LetterList } from '../../../shared/contract/letter-view.ts';
import { type Journey, startJourney } from '../../support/journey.ts';
import { type JourneyVisitor, meetVisitor } from '../../support/journey-visitor.ts';
import { printedCommands, type } from './terminal.ts';

let journey: Journey;
let id: string;
beforeAll(async () => {
  journey = await startJourney();
  id = journey.channel.id;
});
afterAll(() => journey.stop());

const local = (line: string[]) => type([...line, '--port', new URL(journey.runtime.url).port]);
async function lettersNow(): Promise<LetterList['dead_letters']> {
  const { stdout } = await local(['dead-letters', 'list', '--channel', id, '--json']);
  return (JSON.parse(stdout) as LetterList).dead_letters;
}

/** A visitor whose turn was lost, because the agent refused it. */
async function lost(): Promise<JourneyVisitor> {
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 404, headers: {}, body: '' });
  await visitor.says('the words of a visitor', ['late, but here']);
  await journey.runtime.idle();
  return visitor;
}

test('dead letters are listed without words, shown with them, redriven and dropped', async () => {
  expect((await local(['dead-letters', 'list'])).stdout).toBe('Nothing was given up.\n');
  const visitor = await lost();
  const listed = await local(['dead-letters', 'list']);
  expect(listed.stdout).toMatch(/^CAME IN +CODE +ABOUT +REASON +ID\n.* agent-rejected +message/);
  expect(listed.stdout).toContain('agent-rejected: The agent answered a status that means no.');
  expect(listed.stdout).not.toMatch(/the words of a visitor|4917/);

  const [letter] = await lettersNow();
  const one = letter?.id ?? '';
  const shown = await local(['dead-letters', 'show', one]);
  expect(shown.stdout).toContain('the words of a visitor');
  const commands = printedCommands(shown.stdout);
  expect(commands).toEqual([['dead-letters', 'redrive', one, '--port', expect.any(String)]]);
  for (const command of commands) expect(await type(command)).toMatchObject({ code: 0 });
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['late, but here']);
  const again = await local(['dead-letters', 'redrive', one]);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('dead-letter-unknown') });

  await lost();
  const [other] = await lettersNow();
  const unsure = await local(['dead-letters', 'drop', other?.id ?? '']);
  expect(unsure).toMatchObject({ code: 2, stderr: expect.stringContaining('add --yes') });
  expect((await local(['dead-letters', 'drop', other?.id ?? '', '--yes'])).code).toBe(0);
  expect(await lettersNow()).toEqual([]);
});

test('check mentions dead letters, with the command that lists them, and changes no exit code', async () => {
  const before = await local(['check', id]);
  expect(before.stdout).not.toContain('Dead letters');
  await lost();
  await lost();
  const { code, stdout } = await local(['check', id]);
  expect(code).toBe(before.code);
  expect(stdout).toMatch(/^ {2}note +Dead letters: 2$/m);
  const list = printedCommands(stdout).find(([first]) => first === 'dead-letters') ?? [];
  expect((await type(list)).stdout.match(/agent-rejected +message/g)).toHaveLength(2);
  await local(['dead-letters', 'drop', '--channel', id, '--yes']);
});

test('many letters are redriven by their code, and what is refused is named and stays', async () => {
  const visitors = [await lost(), await lost()];
  expect(await lettersNow()).toHaveLength(2);
  const elsewhere = await local(['dead-letters', 'list', '--code', 'no-such-code']);
  expect(elsewhere.stdout).toBe('Nothing was given up that these options mean.\n');
  const none = ['dead-letters', 'redrive', '--all', '--code', 'no-such-code'];
  expect(await local(none)).toMatchObject({
    code: 0,
    stdout: '0 of 0 dead letters are redriven.\n',
  });
  const line = ['dead-letters', 'redrive', '--channel', id, '--code', 'agent-rejected', '--yes'];
  await local(['deactivate', id]);
  const refused = await local(line);
  expect(refused.code).toBe(4);
  expect(refused.stdout).toMatch(/^0 of 2.*\(channel-inactive\)/s);
  await local(['activate', id]);
  expect(await local(line)).toMatchObject({
    code: 0,
    stdout: '2 of 2 dead letters are redriven.\n',
  });
  await journey.runtime.idle();
  for (const visitor of visitors) expect(visitor.texts()).toEqual(['late, but here']);
});

test('an empty code or channel, as of a variable that was never set, drops and redrives nothing', async () => {
  await lost();
  for (const what of ['drop', 'redrive']) {
    for (const empty of [
      ['--code', ''],
      ['--channel', ''],
      ['--all', '--code', ''],
    ]) {
      expect((await local(['dead-letters', what, ...empty, '--yes'])).code).not.toBe(0);
    }
  }
  expect(await lettersNow()).toHaveLength(1);
  await local(['dead-letters', 'drop', '--channel', id, '--yes']);
});

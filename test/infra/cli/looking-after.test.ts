import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../../support/journey.ts';
import { meetVisitor } from '../../support/journey-visitor.ts';
import { printedCommands, type } from './terminal.ts';

let journey: Journey;
let id: string;
beforeAll(async () => {
  journey = await startJourney();
  id = journey.channel.id;
});
afterAll(() => journey.stop());

const local = (line: string[], more: Parameters<typeof type>[1] = {}) =>
  type([...line, '--port', new URL(journey.runtime.url).port], more);
const asJson = async (line: string[], more: Parameters<typeof type>[1] = {}) => {
  const { code, stdout } = await local([...line, '--json'], more);
  return { code, json: JSON.parse(stdout) };
};
const withKey = () => ({ env: { DIALOG360_CHANNEL_API_KEY: journey.channel.apiKey } });

test('a chat is shown with its newest turns, paused and resumed, and a reply is shown', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  const named = ['--phone', `+${visitor.phone.slice(0, 4)} ${visitor.phone.slice(4)}`];
  const paused = await local(['chat', 'pause', id, ...named, '--minutes', '5']);
  expect(paused).toMatchObject({ code: 0, stdout: expect.stringMatching(/paused until {2}20/) });
  const resumed = await local(['chat', 'resume', id, ...named]);
  expect(resumed.stdout).not.toContain('paused until');

  const shown = await local(['chat', 'show', id, ...named]);
  expect(shown.stdout).toMatch(/window +open until/);
  expect(shown.stdout).toMatch(/answered\n +rep_[0-9a-f]{32} {2}accepted/);
  const replyId = shown.stdout.match(/rep_[0-9a-f]{32}/)?.[0] ?? '';
  const reply = await local(['reply', 'show', id, replyId]);
  expect(reply.stdout).toMatch(/message 1 {2}20\S+ {2}accepted/);
  expect((await asJson(['reply', 'show', id, replyId])).json).toMatchObject({ reply_id: replyId });
  const unknown = await local(['reply', 'show', id, 'rep_0']);
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('reply-unknown') });
});

test('texts and replies of a file are sent with the API key of the environment, or of standard input', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  const line = ['send', id, '--phone', visitor.phone];
  const sent = await local([...line, '--text', 'one', '--text', 'two'], withKey());
  expect(sent.code).toBe(0);
  expect(sent.stdout.match(/reply show/g)).toHaveLength(2);
  expect(sent.stdout + sent.stderr).not.toContain(journey.channel.apiKey);

  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  const file = join(folder, 'menu.json');
  writeFileSync(file, JSON.stringify({ type: 'buttons', text: 'Well?', buttons: ['Yes', 'No'] }));
  const menu = await asJson([...line, '--replies', file], { input: `${journey.channel.apiKey}\n` });
  expect(menu).toMatchObject({ code: 0, json: { replies: [{}] } });
  writeFileSync(file, '{"type":"buttons","text":"secret words"}');
  const invalid = await local([...line, '--replies', file], withKey());
  expect(invalid).toMatchObject({ code: 1, stderr: expect.stringContaining('replies.0') });
  writeFileSync(file, 'secret words');
  const noJson = await local([...line, '--replies', file], withKey());
  expect(noJson.code).toBe(2);
  expect(noJson.stderr).not.toContain('secret words');
  rmSync(folder, { recursive: true });

  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['Hello', 'one', 'two', 'Well?']);
  const wrong = await local([...line, '--text', 'x'], { input: 'd360c_wrong' });
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('unauthorized') });
});

test('each command that is printed as the next one can be pasted as it stands', async () => {
  const visitor = meetVisitor(journey);
  const to = [id, '--phone', visitor.phone];
  const printing = [
    await local(['send', ...to, '--text', 'one', '--text', 'two'], withKey()),
    await local(['notify', ...to, '--template', 'parcel', '--language', 'en'], withKey()),
    await local(['hold', id]),
  ];
  const created = await local(['create', '--title', 'Next', '--agent-url', journey.agent.url], {
    input: 'key-of-the-next-1',
  });
  const commands = [...printing, created].flatMap(({ stdout }) => printedCommands(stdout));
  expect(commands.map(([first, second]) => `${first} ${second}`.replace(/ ch_.*/, ''))).toEqual([
    ...['reply show', 'reply show', 'reply show', 'resume', 'activate'],
  ]);
  for (const command of commands) expect(await type(command)).toMatchObject({ code: 0 });
  await journey.runtime.idle();

  const [, channel = ''] = commands.at(-1) ?? [];
  await local(['deactivate', channel]);
  await local(['delete', channel, '--yes']);
});

test('what is repeated under the same key is sent once', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  const line = ['send', id, '--phone', visitor.phone, '--text', 'once'];
  for (let time = 0; time < 2; time++) {
    await local([...line, '--idempotency-key', 'key-of-the-first'], withKey());
  }
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['Hello', 'once']);
});

test('without an answer the person is told how to repeat it', async () => {
  const line = ['send', id, '--phone', '491713996001', '--text', 'x', '--port', '9'];
  const { code, stderr } = await type(line, withKey());
  expect(code).toBe(3);
  expect(stderr).toMatch(/--idempotency-key [0-9a-f-]{36}$/m);
});

test('a notification goes with its parameters, in order or by name', async () => {
  const line = ['notify', id, '--template', 'parcel', '--language', 'en'];
  const first = [...line, '--phone', '491713996002', '--parameter', 'A', '--parameter', 'B=b'];
  const sent = await asJson(first, withKey());
  expect(sent).toMatchObject({ code: 0, json: { notification_id: expect.any(String) } });
  const second = [...line, '--phone', '491713996003', '--named', '--parameter', 'name=Anna'];
  await local([...second, '--request-id', 'order-1'], withKey());
  await journey.runtime.idle();
  const parameters = ['491713996002', '491713996003'].flatMap((phone) =>
    journey.received(phone).map(({ request }) => JSON.stringify(request.body)),
  );
  expect(parameters).toEqual([
    expect.stringContaining('"text":"B=b"'),
    expect.stringMatching(/"parameter_name":"name".*"Anna"|"Anna".*"parameter_name":"name"/),
  ]);
});

test('the templates of a number are listed, for programs in the form of 360dialog', async () => {
  const list = { name: 'parcel', language: 'en', status: 'approved', category: 'UTILITY' };
  const components = [{ type: 'BODY', text: 'Your parcel {{1}} is here.' }];
  const remove = journey.provider.onRequest(({ path }) =>
    path.endsWith('/message_templates')
      ? { status: 200, body: JSON.stringify({ data: [{ ...list, components }] }) }
      : undefined,
  );
  const shown = await local(['templates', id]);
  const { json } = await asJson(['templates', id]);
  remove();
  expect(shown.stdout).toMatch(/^parcel +en +APPROVED +UTILITY +1$/m);
  expect(json).toEqual({ data: [{ ...list, status: 'APPROVED', components }] });
});

test('a channel is held and resumed, and show and list say so', async () => {
  const held = await local(['hold', id, '--text', 'Back at nine.']);
  expect(held).toMatchObject({ code: 0, stdout: expect.stringContaining('is held') });
  expect((await local(['show', id])).stdout).toMatch(/held +since 20\S+, and .*Back at nine\./);
  expect((await local(['list'])).stdout).toMatch(new RegExp(`^${id} +held +`, 'm'));
  expect(held.stdout).toMatch(/^Each visitor who writes is told once: Back at nine\.$/m);
  const again = await local(['hold', id]);
  expect(again.stdout).toMatch(/^Visitors who write are told nothing\.$/m);
  expect((await asJson(['resume', id])).json.channel.held).toBeNull();
  expect((await local(['show', id])).stdout).not.toContain('held');
});

test('status says how each channel is', async () => {
  await local(['hold', id]);
  const shown = await local(['status']);
  await local(['resume', id]);
  expect(shown.stdout).toMatch(/^CHANNEL +STATE +LAST MESSAGE +LAST STATUS +WAITS +DEAD LETTERS/m);
  expect(shown.stdout).toMatch(new RegExp(`^${id} +held +.* 0 +Journey$`, 'm'));
  const { json } = await asJson(['status']);
  expect(json).toMatchObject({ channels: [{ id, held: null }], next: null });
});

test('without a log a story is told from the table alone, which says what is missing', async () => {
  const visitor = meetVisitor(journey);
  const messageId = await visitor.says('the words of a visitor', ['Hello']);
  await journey.runtime.idle();
  const { code, stdout } = await local(['trace', messageId]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/worker +the worker began the turn evt_/);
  expect(stdout).toMatch(/worker +the turn ended: the agent answered, 1 reply\n/);
  expect(stdout).toMatch(/send +reply 1, message 1 of 1: accepted/);
  expect(stdout).toMatch(
    /Waits for\n {2}Reply 1, message 1: 360dialog accepted it, and has told no/,
  );
  expect(stdout).toMatch(/Missing\n {2}The runtime keeps no log of messages\.\n$/);
  expect(stdout).not.toMatch(/words of|Hello/);
});

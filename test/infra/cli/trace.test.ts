import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ToldChannel } from '../../../infra/cli/trace/gather-trace.ts';
import { createChannel } from '../../support/create-channel.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../../support/journey.ts';
import { openClient } from '../../support/journey-client.ts';
import { type JourneyVisitor, meetVisitor } from '../../support/journey-visitor.ts';
import { cloudText } from '../../support/webhook-bodies.ts';
import { printedCommands, type } from './terminal.ts';

let journey: Journey;
beforeAll(async () => {
  const agent = { events: ['delivery'] };
  const options = { if_window_closed: 'park' };
  journey = await startJourney({
    inspect: true,
    statuses: EVERY_STATUS,
    channel: { agent, options },
  });
});
afterAll(() => journey.stop());

const local = (...line: string[]) =>
  type(['trace', ...line, '--port', new URL(journey.runtime.url).port]);
const json = async (...line: string[]) => {
  const { stdout } = await local(...line, '--json');
  return (JSON.parse(stdout) as { channels: ToldChannel[] }).channels;
};
/** The steps of the one story, each as `room: words`. */
const stepsOf = async (...line: string[]) => {
  const [told] = await json(...line);
  return (told?.stories[0]?.steps ?? []).map(({ room, says }) => `${room}: ${says}`);
};
/** Each of these stands in the list, one behind the other. */
const inOrder =
  (...wanted: RegExp[]) =>
  (steps: string[]) => {
    const places = wanted.map((one) => steps.findIndex((step) => one.test(step)));
    return places.every((place, at) => place >= 0 && place >= (places[at - 1] ?? 0));
  };

const WORDS = 'words of a visitor';

async function answered(): Promise<{ visitor: JourneyVisitor; messageId: string }> {
  const visitor = meetVisitor(journey);
  const messageId = await visitor.says(WORDS, ['words of the agent']);
  await journey.runtime.idle();
  return { visitor, messageId };
}

test('the story of a message goes from the webhook to the last event that the agent heard', async () => {
  const { visitor, messageId } = await answered();
  const steps = await stepsOf(messageId);
  expect(steps).toSatisfy(
    inOrder(
      /^webhook: 360dialog delivered a body: 1 from people/,
      /^worker: the agent was asked: it answered, 1 reply,/,
      /^worker: the turn ended: the agent answered; 1 reply queued/,
      /^send: reply 1, message 1: 360dialog accepted it/,
    ),
  );
  expect(steps).toContainEqual('statuses: reply 1, message 1: WhatsApp says read');
  expect(steps).toContainEqual('news: the agent heard a delivery event: read');

  // Whatever of it is in hand leads to the same story.
  const [told] = await json(messageId);
  const traceId = told?.stories[0]?.trace_id ?? '';
  const [sentId = ''] = visitor.messageIds();
  const replyId = JSON.stringify(told).match(/rep_[0-9a-f]{32}/)?.[0] ?? '';
  for (const id of [sentId, replyId, traceId, visitor.phone]) {
    const [same] = await json(id);
    expect(same?.stories).toMatchObject([{ trace_id: traceId, waits_for: [] }]);
  }
  const { code, stdout } = await local(messageId);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}TIME +ROOM +ATTEMPT +WHAT HAPPENED$/m);
  expect(stdout).toContain('Nothing is waited for.');
  expect(stdout).not.toMatch(/words of/);
});

test('of several channels the one is told whose table knows the story, by whatever id it is asked for', async () => {
  const second = await createChannel(journey.runtime.url, {
    title: 'Second',
    token: 'second-key-0001',
    agent: { url: journey.agent.url },
  });
  const visitor = meetVisitor(journey);
  const id = `wamid.second.${visitor.phone}`;
  journey.agent.answerWith(() => ({ replies: ['good'] }));
  const body = cloudText({ phone: visitor.phone, text: WORDS, id });
  expect(await journey.post(body, {}, second.webhookUrl)).toBe(200);
  await journey.runtime.idle();
  const [told] = await json(id);
  expect(told?.channel.id).toBe(second.id);
  const traceId = told?.stories[0]?.trace_id ?? '';
  const replyId = JSON.stringify(told).match(/rep_[0-9a-f]{32}/)?.[0] ?? '';
  for (const of of [traceId, replyId]) {
    const all = await json(of);
    expect(all.map(({ channel }) => channel.id)).toEqual([second.id]);
    expect(all[0]).toMatchObject({ chat: {}, missing: [], stories: [{ trace_id: traceId }] });
  }
  // Another channel knows nothing of it, and tells no story of a stranger's.
  const foreign = await local(traceId, '--channel', journey.channel.id);
  expect(foreign.code).not.toBe(0);
  expect(foreign.stdout).toMatch(/^Nothing is known of it in this channel: /);
});

test('a phone number is masked unless the operator asks for it', async () => {
  const { visitor, messageId } = await answered();
  for (const of of [messageId, visitor.phone]) {
    for (const form of [[], ['--json']]) {
      const { stdout } = await local(of, ...form);
      expect(stdout).not.toContain(visitor.phone);
      expect(stdout).toContain(`${visitor.phone.slice(0, 2)}*********${visitor.phone.slice(-2)}`);
      expect((await local(of, '--show-phone', ...form)).stdout).toContain(visitor.phone);
    }
  }
});

test('a turn that was lost ends with its dead letter and the command that redrives it', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 404, headers: {}, body: '' });
  const messageId = await visitor.says(WORDS, ['late']);
  await journey.runtime.idle();
  const [told] = await json(messageId);
  const [story] = told?.stories ?? [];
  expect(story?.steps.map(({ says }) => says)).toContainEqual(
    expect.stringMatching(/^the turn was lost \(agent-rejected: /),
  );
  const happened = story?.steps.map(({ says }) => says) ?? [];
  expect(happened).toSatisfy(
    inOrder(/^360dialog delivered a body/, /^the turn was lost/, /^given up: /),
  );
  const letterId = story?.waits_for[0]?.match(/ch_\S+evt_\w+/)?.[0] ?? '';
  expect((await json(letterId))[0]?.stories).toMatchObject([{ trace_id: story?.trace_id }]);
  const [command = []] = printedCommands(story?.waits_for[0] ?? '');
  expect(story?.waits_for).toHaveLength(1);
  expect(command.join(' ')).toMatch(/^dead-letters redrive ch_\S+evt_\w+ --port \d+$/);
  expect(await type(command)).toMatchObject({ code: 0 });
  await journey.runtime.idle();
  const after = await json(messageId);
  expect(after[0]?.stories).toMatchObject([{ waits_for: [] }]);
  const says = after[0]?.stories[0]?.steps.map((one) => one.says);
  expect(says).toContainEqual('the turn was redriven: its agent is asked anew');
});

test('of a visitor it names what was given up before the stories that it tells', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 404, headers: {}, body: '' });
  const lostId = await visitor.says(WORDS, ['well']);
  await journey.runtime.idle();
  expect(await json(visitor.phone)).toMatchObject([{ older_dead_letters: [] }]);
  for (let at = 0; at < 5; at++) await visitor.says(WORDS, ['well']);
  await journey.runtime.idle();
  const { stdout } = await local(visitor.phone);
  expect(stdout).toMatch(/^Given up before\n {2}\S+Z message \(agent-rejected\): npx /m);
  const [show = []] = printedCommands(stdout);
  expect((await type(show)).stdout).toContain(lostId);
});

test('of a parked reply it says that the visitor has to write', async () => {
  const visitor = meetVisitor(journey);
  const sentAt = Date.now() - 25 * 60 * 60 * 1000;
  journey.agent.answerWith(() => ({ replies: ['too late'] }));
  await journey.post(cloudText({ phone: visitor.phone, text: WORDS, id: 'wamid.parked', sentAt }));
  await journey.runtime.idle();
  const [told] = await json('wamid.parked');
  expect(told?.stories[0]?.waits_for).toEqual([
    'Reply 1, message 1: the visitor has to write first.',
  ]);
});

test('a late reply stands in the story of the event that it names', async () => {
  const { visitor, messageId } = await answered();
  const [told] = await json(messageId);
  const traceId = told?.stories[0]?.trace_id ?? '';
  const client = await openClient(journey);
  await client.send({ phone: visitor.phone }, ['late'], { in_reply_to: traceId });
  await journey.runtime.idle();
  const steps = await stepsOf(messageId);
  expect(steps).toContainEqual('requests: a caller of the messages endpoint had 1 reply accepted');
  expect(steps).toContainEqual('statuses: reply 2, message 1: WhatsApp says read');
});

test('of a chat that was erased it says that, and not only how the log tells it', async () => {
  const { visitor, messageId } = await answered();
  const named = `${visitor.phone}|dialog360`;
  expect(await json(named)).toMatchObject([{ stories: [{ waits_for: [] }], missing: [] }]);
  const place = ['--port', new URL(journey.runtime.url).port];
  const erase = ['chat', 'erase', journey.channel.id, '--channel-chat-id', named, '--yes'];
  expect(await type([...erase, ...place])).toMatchObject({ code: 0 });
  expect((await local(messageId)).stdout).toMatch(/^Missing\n {2}The chat was erased since: /m);
  expect(await local(named)).toMatchObject({ code: 4 });
});

test('what never came is said to be unknown, and what is nothing is refused', async () => {
  const { code, stdout } = await local('wamid.never-came');
  expect(code).toBe(4);
  expect(stdout).toMatch(/^Nothing is known of it: it never came, or is no longer kept\./);
  expect(await local('491713997999')).toMatchObject({ code: 4 });
  expect(await local(' ')).toMatchObject({ code: 2 });
  for (const of of ['0171 3997999', 'rep_0123', journey.channel.id, '9d15f89f…']) {
    const refused = await local(of);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('country code') });
  }
  const off = await createChannel(journey.runtime.url, {
    ...{ title: 'Off', token: 'off-key-000001', active: false, agent: { url: journey.agent.url } },
  });
  expect((await local('wamid.never-came')).stdout).toContain(
    `An inactive channel drops what visitors write: ${off.id}.`,
  );
  const unknown = await local('wamid.x', '--channel', 'ch_00000000000000000000');
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('channel-unknown') });
});

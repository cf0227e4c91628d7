// What an operator can do wrong on a bad day, and that no message is lost by it without a word.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { type JourneyOperator, openOperator } from '../support/journey-operator.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';
import { cloudText } from '../support/webhook-bodies.ts';

let journey: Journey;
let operator: JourneyOperator;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({ channel: { options: { if_window_closed: 'park' } } });
  operator = openOperator(journey);
  client = await openClient(journey);
});
afterAll(() => journey.stop());

const DAY_MS = 24 * 60 * 60 * 1000;
const act = (action: string, body?: unknown) =>
  operator.ask('POST', `/channels/${journey.channel.id}/${action}`, body);
const lettersOf = async () => (await operator.letters()).map(({ id }) => id);

/** A visitor whose turn was lost, because the agent refused it: their letter. */
async function lost(visitor: JourneyVisitor, answer: unknown[]): Promise<string> {
  const before = await lettersOf();
  journey.agent.next({ status: 404, headers: {}, body: '' });
  await visitor.says('my order?', answer);
  await journey.runtime.idle();
  return (
    (await lettersOf()).find((id) => !before.includes(id)) ?? expect.fail('there is no letter')
  );
}

/** A visitor who wrote more than a day ago, with a reply that waits for them. */
async function waitedFor(words: string): Promise<JourneyVisitor> {
  const visitor = meetVisitor(journey);
  const id = `wamid.${visitor.phone}.old`;
  const { phone } = visitor;
  await journey.post(cloudText({ phone, text: 'Hello', id, sentAt: Date.now() - DAY_MS - 60_000 }));
  await journey.runtime.idle();
  await client.send({ phone }, [words]);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([]);
  return visitor;
}

test('a letter that is redriven twice at the same moment is answered once', async () => {
  const visitor = meetVisitor(journey);
  const letter = await lost(visitor, ['It is on its way.']);
  const answers = await Promise.all([1, 2, 3].map(() => operator.redrive(letter)));
  await journey.runtime.idle();
  expect(answers.some(({ status }) => status === 202)).toBe(true);
  for (const { status } of answers) expect([202, 404, 409]).toContain(status);
  expect(visitor.texts()).toEqual(['It is on its way.']);
  expect(await lettersOf()).not.toContain(letter);
});

test('a letter that is dropped right after it was redriven is answered all the same', async () => {
  const visitor = meetVisitor(journey);
  const letter = await lost(visitor, ['Still here.']);
  await operator.redrive(letter);
  expect((await operator.ask('DELETE', `/dead-letters/${letter}`)).status).toBe(404);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['Still here.']);
});

test('of two letters the wrong one is dropped: the other is there, and its visitor is answered', async () => {
  const [one, other] = [meetVisitor(journey), meetVisitor(journey)];
  const letters = [await lost(one, ['for one']), await lost(other, ['for the other'])];
  expect((await operator.ask('DELETE', `/dead-letters/${letters[0]}`)).status).toBe(204);
  expect((await operator.redrive(letters[1])).status).toBe(202);
  await journey.runtime.idle();
  expect(other.texts()).toEqual(['for the other']);
  await one.promptsAndWaits('and who writes again is answered');
  expect(one.texts()).toEqual(['and who writes again is answered']);
});

test('a letter that is redriven while its channel is off or held stays, and goes when it is on again', async () => {
  const visitor = meetVisitor(journey);
  const letter = await lost(visitor, ['At last.']);
  await act('deactivate');
  expect((await operator.redrive(letter)).body).toMatchObject({ code: 'channel-inactive' });
  await act('activate');
  await act('hold');
  expect((await operator.redrive(letter)).body).toMatchObject({ code: 'channel-held' });
  await act('resume');
  expect(await lettersOf()).toContain(letter);
  expect((await operator.redrive(letter)).status).toBe(202);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['At last.']);
});

test('a channel that is held, switched off and on, and resumed twice has missed nobody in silence', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  await act('hold');
  await act('deactivate');
  await act('activate');
  await visitor.promptsAndWaits('not asked: it is held still');
  expect(visitor.turns()).toHaveLength(1);
  const resumed = [await act('resume'), await act('resume')];
  expect(resumed.map(({ status }) => status)).toEqual([200, 200]);
  await visitor.promptsAndWaits('Here again');
  expect(visitor.turns().at(-1)?.chat).toMatchObject({ missed: 1 });
  expect(visitor.texts()).toEqual(['Hello', 'Here again']);
});

test('replies that are parked outlive a switch off and on, a new title, and another policy for the closed window', async () => {
  const visitor = await waitedFor('for later');
  await act('deactivate');
  await act('activate');
  await editChannel(journey, { title: 'Another', options: { if_window_closed: 'refuse' } });
  const back = cloudText({ phone: visitor.phone, text: 'Back', id: `wamid.${visitor.phone}.back` });
  expect(await journey.post(back)).toBe(200);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['for later']);
  await editChannel(journey, { options: { if_window_closed: 'park' } });
});

test('a channel with replies that wait cannot be deleted while it is on', async () => {
  const visitor = await waitedFor('do not lose me');
  const answer = await operator.ask('DELETE', `/channels/${journey.channel.id}`);
  expect(answer.body).toMatchObject({ status: 409, code: 'channel-active' });
  const back = cloudText({ phone: visitor.phone, text: 'Back', id: `wamid.${visitor.phone}.back` });
  await journey.post(back);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['do not lose me']);
});

test('a reply whose channel is switched off while the agent thinks is refused, and the agent hears it', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next(async () => {
    await act('deactivate');
    return { replies: [{ type: 'text', id: 'lost-or-not', text: 'too late' }] };
  });
  const { phone } = visitor;
  await journey.post(cloudText({ phone, text: 'Hello', id: `wamid.${phone}.off` }));
  await until(() => visitor.turns().length > 0);
  await journey.runtime.idle();
  await act('activate');
  expect(visitor.texts()).toEqual([]);
  expect(visitor.news()).toMatchObject([
    { id: 'lost-or-not', status: 'refused', code: 'channel-inactive' },
  ]);
});

test.each([
  { change: { agent: { url: null } } },
  { change: { agent: { url: '' } } },
  { change: { agent: null } },
  { change: { token: null } },
  { change: { token: '' } },
])('an edit that takes away what the channel needs is refused and changes nothing: $change', async ({
  change,
}) => {
  const path = `/channels/${journey.channel.id}`;
  const before = (await operator.ask('GET', path)).body.channel as { version: number };
  expect((await operator.ask('PATCH', path, change)).status).toBe(422);
  expect((await operator.ask('GET', path)).body.channel).toEqual(before);
});

test('an import over a channel that is on is refused: one number has one channel, and the first goes on', async () => {
  const { body } = await operator.ask('GET', `/channels/${journey.channel.id}`);
  const { title, agent } = body.channel as { title: string; agent: { url: string } };
  const copy = { title, token: 'journey-key-0001', agent: { url: agent.url }, active: true };
  const base_url = `${journey.runtime.url}/sandbox/360dialog`;
  const imported = await operator.ask('POST', '/channels', { ...copy, base_url });
  expect(imported.body).toMatchObject({ code: 'token-in-use' });
  const visitor = meetVisitor(journey);
  const { phone } = visitor;
  await journey.post(cloudText({ phone, text: 'Hello', id: `wamid.${phone}.1` }));
  await until(() => visitor.turns().length > 0);
});

// The last one: what was registered and handed out before holds no more.
test('secrets that are rotated at once while a turn waits for its agent lose neither the turn nor its answer', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 503, headers: {}, body: '' });
  const messageId = await visitor.says('are you there?', ['Yes']);
  await until(() => visitor.turns().length > 0);
  for (const what of ['agent-secret', 'webhook-token', 'api-key', 'incoming-request-token']) {
    expect((await act(`rotate-${what}?now=true`)).status).toBe(200);
  }
  await journey.runtime.idle();
  const asked = visitor.turns().map(({ message, event }) => [message.id, event.id]);
  expect(new Set(asked.map(([, event]) => event)).size).toBe(1);
  expect(asked.every(([id]) => id === messageId)).toBe(true);
  expect(visitor.texts()).toEqual(['Yes']);
  // 360dialog posts to the new address, as it was registered.
  const account = journey.provider.account('journey-key-0001').webhook;
  const later = cloudText({
    phone: visitor.phone,
    text: 'Hello',
    id: `wamid.${visitor.phone}.later`,
  });
  expect(await journey.post(later, account?.headers, account?.url)).toBe(200);
  await journey.runtime.idle();
  expect(visitor.turns().at(-1)?.message.id).toBe(`wamid.${visitor.phone}.later`);
});

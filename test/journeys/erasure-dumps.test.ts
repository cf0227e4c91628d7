import { afterAll, beforeAll, expect, test } from 'vitest';
import { type } from '../infra/cli/terminal.ts';
import { createChannel } from '../support/create-channel.ts';
import { dump } from '../support/dump.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { editChannel } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';
import { cloudChange } from '../support/webhook-bodies.ts';
import {
  type Life,
  openLife,
  type Person,
  someone,
  status,
  text,
  wamid,
} from '../support/whole-life.ts';

// What is left of a person after each kind of erasing: the whole table, the queues and the parameters,
// searched for everything that names them or that was said.

let journey: Journey;
let client: JourneyClient;
let life: Life;
beforeAll(async () => {
  journey = await startJourney({
    statuses: EVERY_STATUS,
    channel: {
      agent: { events: ['delivery'] },
      options: { if_window_closed: 'park', history_turns: 5 },
    },
  });
  client = await openClient(journey);
  life = openLife(journey, client);
});
afterAll(() => journey.stop());

const DAY_MS = 24 * 60 * 60 * 1000;

/** The command line of an operator. */
const operator = async (...line: string[]) => {
  const { port } = new URL(journey.runtime.url);
  const { code, stdout } = await type([...line, '--json', '--port', port], { input: '' });
  return { code, json: JSON.parse(stdout) as Record<string, unknown> };
};

/** What of a person stands in a dump. */
const tracesOf = (person: Person, dumped: string): string[] =>
  Object.entries(person).flatMap(([what, value]) => (dumped.includes(value) ? [what] : []));

test('an erased chat leaves nothing of its visitor, nor does what comes after it', async () => {
  const [erased, other] = [someone(), someone()];
  const chatId = await life.livesThroughAll(erased);
  await life.livesThroughAll(other);
  const before = await dump(journey);
  expect(tracesOf(erased, before)).toEqual(['phone', 'bsuid', 'name', 'word']);

  expect((await client.ask('DELETE', `/chats/${chatId}`)).status).toBe(204);
  await journey.runtime.idle();
  expect(tracesOf(erased, await dump(journey))).toEqual([]);
  // What becomes of messages sent before may be told for days.
  for (const kind of ['delivered', 'read']) await life.post(status(erased, 'early', kind));
  await life.post(status(erased, 'never heard of', 'read'));
  for (const { messageId } of journey.received(erased.phone)) {
    await journey.provider.tellStatus(
      journey.provider.sent.find((sent) => sent.messageId === messageId) as never,
      'read',
    );
  }
  await journey.runtime.idle();
  expect(tracesOf(erased, await dump(journey))).toEqual([]);
  expect(tracesOf(other, await dump(journey))).toEqual(['phone', 'bsuid', 'name', 'word']);
});

test('an erased chat leaves nothing of what was parked in it', async () => {
  const person = someone();
  const chatId = await life.waitsParked(person);
  expect((await client.ask('DELETE', `/chats/${chatId}`)).status).toBe(204);
  expect(tracesOf(person, await dump(journey))).toEqual([]);
});

test('an operator finds, exports and erases a visitor on the command line: the export has everything, then there is nothing', async () => {
  const person = someone();
  const chatId = await life.livesThroughAll(person);
  const whom = [journey.channel.id, '--phone', person.phone];
  const found = await operator('chat', 'find', ...whom);
  expect(found).toMatchObject({ code: 0, json: { chat_id: chatId, name: person.name } });

  const { json } = await operator('chat', 'export', ...whom);
  expect(json).toMatchObject({
    chat: { chat_id: chatId },
    names: [`phone:${person.phone}`, `bsuid:${person.bsuid}`],
    row: { phone: person.phone, name: person.name, menu: expect.anything() },
  });
  const said = JSON.stringify(json.turns);
  for (const words of ['parked', 'menu', 'a picture']) {
    expect(said).toContain(`${words} ${person.word}`);
  }
  expect(said).toContain('"status":"read"');
  const remembered = (json.history as { text: string }[]).map(({ text }) => text);
  expect(remembered).toContain(`hello ${person.word}`);
  expect(remembered).toContain(`from the app ${person.word}`);
  const letters = json.dead_letters as { code: string }[];
  expect(letters.map(({ code }) => code).toSorted()).toEqual([
    'agent-rejected',
    'item-unread',
    'item-unread',
  ]);

  expect((await operator('chat', 'erase', ...whom)).code).toBe(2); // it asks whether you are sure
  expect(await operator('chat', 'erase', ...whom, '--yes')).toEqual({
    code: 0,
    json: { erased: chatId },
  });
  expect(tracesOf(person, await dump(journey))).toEqual([]);
  const gone = await operator('chat', 'export', ...whom);
  expect(gone).toMatchObject({ code: 1, json: { code: 'chat-unknown' } });
});

test('a visitor whose number changed is erased with the old one, also from evidence', async () => {
  const person = someone();
  const chatId = await life.livesThroughAll(person);
  const { phone, bsuid } = someone();
  await life.post(
    cloudChange('messages', {
      contacts: [{ profile: { name: person.name }, wa_id: person.phone, user_id: person.bsuid }],
      messages: [
        {
          id: wamid(person, 'moved'),
          from: person.phone,
          from_user_id: person.bsuid,
          timestamp: String(Math.floor(Date.now() / 1000)),
          type: 'system',
          system: { type: 'user_changed_number', wa_id: phone, user_id: bsuid },
        },
      ],
    }),
  );
  expect((await client.ask('DELETE', `/chats/${chatId}`)).status).toBe(204);
  const left = await dump(journey);
  expect(tracesOf(person, left)).toEqual([]);
  expect(left).not.toContain(phone);
});

test('a chat that nobody writes in is forgotten with everything in it, and a new one begins', async () => {
  await editChannel(journey, { options: { forget_after_days: 14 } });
  const person = someone();
  const chatId = await life.livesThroughAll(person);
  const [at14, at16] = [13.9, 16.1].map((days) => Date.now() + days * DAY_MS);
  expect(tracesOf(person, await dump(journey, at14))).toContain('phone');
  expect(tracesOf(person, await dump(journey, at16))).toEqual([]);
  await editChannel(journey, { options: { forget_after_days: null } });

  // Switched off, the next message keeps the chat.
  journey.agent.next({ replies: [] });
  await life.says(person, { id: wamid(person, 'back'), ...text('still here') });
  expect(tracesOf(person, await dump(journey, Date.now() + 400 * DAY_MS))).toContain('phone');
  expect((await client.ask('GET', `/chats?phone=${person.phone}`)).body.chat_id).toBe(chatId);
});

test('a deleted channel is erased to the end, and says so until then', async () => {
  const person = someone();
  await life.livesThroughAll(person);
  const { url } = journey.runtime;
  const kept = await createChannel(url, {
    token: 'another-key',
    agent: { url: journey.agent.url },
  });
  const admin = (method: string, path = '') =>
    fetch(`${url}/admin/channels/${journey.channel.id}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' && { body: '{}' }),
    });
  expect((await admin('POST', '/deactivate')).status).toBe(200);
  expect((await admin('DELETE')).status).toBe(204);
  await until(async () => {
    const answer = await admin('GET');
    const problem = (await answer.json()) as { code: string; erasing?: true };
    expect([answer.status, problem.code]).toEqual([404, 'channel-unknown']);
    return problem.erasing === undefined;
  });
  await journey.runtime.idle();
  expect(tracesOf(person, await dump(journey))).toEqual([]);
  const left = await journey.items('');
  expect(left.filter(({ pk }) => String(pk).includes(journey.channel.id))).toHaveLength(1);
  expect(await journey.item(`CHANNEL#${kept.id}`, 'CHANNEL')).toMatchObject({ active: true });
});

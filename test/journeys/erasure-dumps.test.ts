import { afterAll, beforeAll, expect, test } from 'vitest';
import { dump } from '../support/dump.ts';
import { createChannel, EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { editChannel } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';
import { cloudChange, cloudMessage } from '../support/webhook-bodies.ts';

// What is left of a person after each kind of erasing: the whole table, the queues and the parameters,
// searched for everything that names them or that was said.

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    statuses: EVERY_STATUS,
    channel: { agent: { events: ['delivery'] }, options: { if_window_closed: 'park' } },
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

const DAY_MS = 24 * 60 * 60 * 1000;

interface Person {
  phone: string;
  bsuid: string;
  name: string;
  /** In everything that is said by them, to them and about them. */
  word: string;
}

let born = 0;
function someone(): Person {
  born += 1;
  const n = String(born).padStart(3, '0');
  return {
    phone: `49176554${n}81`,
    bsuid: `DE.88120${n}4415502`,
    name: `Wilhelmine ${n} Ohnesorg`,
    word: `Rosenkohl${n}`,
  };
}

/** WhatsApp's ids hold the phone in base64. */
const wamid = ({ phone }: Person, what: string) =>
  `wamid.${Buffer.from(`\x1d\x13\f${phone}\x15\x02${what}`).toString('base64')}`;

const from = ({ phone, bsuid, name }: Person) => ({ wa_id: phone, user_id: bsuid, name });
const post = async (body: object) => {
  expect(await journey.post(body)).toBe(200);
  await journey.runtime.idle();
};
const says = (person: Person, message: Record<string, unknown>) =>
  post(cloudMessage(from(person), message));
const text = (body: string) => ({ type: 'text', text: { body } });

/** A status of a message that is not ours, or of which we do not know yet that it is. */
const status = (person: Person, what: string, kind: string, errors?: unknown[]) =>
  cloudChange('messages', {
    statuses: [
      {
        id: wamid(person, what),
        status: kind,
        timestamp: String(Math.floor(Date.now() / 1000)),
        recipient_id: person.phone,
        recipient_user_id: person.bsuid,
        ...(errors && { errors }),
      },
    ],
  });

/** A person with everything that is ever kept about one. Resolves to the id of their chat. */
async function livesThroughAll(person: Person): Promise<string> {
  const { phone, bsuid, word } = person;
  const to = { phone };
  // What a person says a day ago leaves the window closed, and what is sent then is parked.
  const dayOld = String(Math.floor((Date.now() - DAY_MS) / 1000));
  journey.agent.next({ replies: [] });
  await says(person, { id: wamid(person, 'old'), timestamp: dayOld, ...text(word) });
  await client.send(to, [`parked ${word}`]);
  await journey.runtime.idle();
  const { body } = await client.ask('GET', `/chats?phone=${phone}`);
  expect(body.parked).toBe(1);
  const chatId = String(body.chat_id);

  // Evidence of what could not be read: two shapes, of which one names the person by a number.
  await post(cloudMessage(from(person), { type: 'text', text: { body: `unread ${word}` } }));
  await post(cloudMessage(null, { id: wamid(person, 'odd'), from: Number(phone), ...text(word) }));

  // The 24 hours are open: a menu, a picture, a lost turn, a notification, a request from outside.
  journey.agent.next({
    replies: [{ type: 'buttons', text: `menu ${word}`, buttons: [`${word} 1`, `${word} 2`] }],
  });
  await says(person, { id: wamid(person, 'now'), ...text(`hello ${word}`) });
  journey.agent.next({ replies: [`a picture ${word}`] });
  const image = { id: `7${phone}`, mime_type: 'image/jpeg', caption: word };
  await says(person, { id: wamid(person, 'pic'), type: 'image', image });
  journey.agent.next({ status: 404 });
  await says(person, { id: wamid(person, 'lost'), ...text(`lost ${word}`) });
  const template = { name: 'parcel', language: 'en', parameters: [word] };
  const { status: accepted } = await client.ask('POST', '/notifications', { to, template });
  expect(accepted).toBe(202);
  await journey.runtime.idle();
  await client.request({ about: word, phone }, { query: `chat_id=${chatId}` });
  await journey.runtime.idle();

  // Statuses without our callback data: of a message we do not know.
  const error = { code: 131026, title: `Undeliverable to ${phone}`, message: word };
  await post(status(person, 'early', 'sent'));
  await post(status(person, 'early', 'failed', [error]));
  // A person of the business answers from the app; the visitor wants no marketing.
  await post(
    cloudChange('smb_message_echoes', {
      message_echoes: [
        {
          from: '493023125100',
          to: phone,
          to_user_id: bsuid,
          id: wamid(person, 'echo'),
          timestamp: String(Math.floor(Date.now() / 1000)),
          ...text(`from the app ${word}`),
        },
      ],
    }),
  );
  return chatId;
}

/** What of a person stands in a dump. */
const tracesOf = (person: Person, dumped: string): string[] =>
  Object.entries(person).flatMap(([what, value]) => (dumped.includes(value) ? [what] : []));

test('an erased chat leaves nothing of its visitor, nor does what comes after it', async () => {
  const [erased, other] = [someone(), someone()];
  const chatId = await livesThroughAll(erased);
  await livesThroughAll(other);
  const before = await dump(journey);
  expect(tracesOf(erased, before)).toEqual(['phone', 'bsuid', 'name', 'word']);

  expect((await client.ask('DELETE', `/chats/${chatId}`)).status).toBe(204);
  await journey.runtime.idle();
  expect(tracesOf(erased, await dump(journey))).toEqual([]);
  // What becomes of messages sent before may be told for days.
  for (const kind of ['delivered', 'read']) await post(status(erased, 'early', kind));
  await post(status(erased, 'never heard of', 'read'));
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

test('a visitor whose number changed is erased with the old one, also from evidence', async () => {
  const person = someone();
  const chatId = await livesThroughAll(person);
  const { phone, bsuid } = someone();
  await post(
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
  const chatId = await livesThroughAll(person);
  const [at14, at16] = [13.9, 16.1].map((days) => Date.now() + days * DAY_MS);
  expect(tracesOf(person, await dump(journey, at14))).toContain('phone');
  expect(tracesOf(person, await dump(journey, at16))).toEqual([]);
  await editChannel(journey, { options: { forget_after_days: null } });

  // Switched off, the next message keeps the chat.
  journey.agent.next({ replies: [] });
  await says(person, { id: wamid(person, 'back'), ...text('still here') });
  expect(tracesOf(person, await dump(journey, Date.now() + 400 * DAY_MS))).toContain('phone');
  expect((await client.ask('GET', `/chats?phone=${person.phone}`)).body.chat_id).toBe(chatId);
});

test('a deleted channel is erased to the end, and says so until then', async () => {
  const person = someone();
  await livesThroughAll(person);
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

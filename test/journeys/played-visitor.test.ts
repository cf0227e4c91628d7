import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { fetchFile, PROVIDER_KEY, someBytes, type ToldFile } from '../support/journey-files.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    statuses: EVERY_STATUS,
    channel: { agent: { events: ['message_update'] } },
  });
});
afterAll(() => journey.stop());

const buttons = { type: 'buttons', text: 'Is it urgent?', buttons: ['Yes', 'No'] };
beforeEach(() => {
  journey.agent.answerWith(({ event }) => ({
    replies: event.event.type === 'message' ? [buttons] : [],
  }));
});

let met = 0;
/** A visitor whom no test has met. */
const someone = () => {
  met += 1;
  return `+49 172 555-${String(1000 + met)}`;
};

type Body = Record<string, unknown>;
/** Plays, and waits until nothing is at work. Resolves to what the endpoint answered at once. */
async function play(body: Body): Promise<Body & { message_id: string }> {
  const answer = await fetch(`${journey.runtime.url}/sandbox/360dialog/play?wait=0`, {
    method: 'POST',
    body: JSON.stringify({ token: PROVIDER_KEY, ...body }),
  });
  const json = (await answer.json()) as Body & { message_id: string };
  expect(answer.status, JSON.stringify(json)).toBe(200);
  await journey.runtime.idle();
  return json;
}

const eventsAbout = (id: string): AgentEvent[] =>
  journey.agent.requests.flatMap(({ event }) =>
    'message' in event && event.message.id === id ? [event] : [],
  );
/** What the agent was told of a played message. */
const messageOf = (id: string) => (eventsAbout(id)[0] as { message: Body } | undefined)?.message;
/** What the agent heard of its replies to one visitor. */
const newsTo = (phone: string) =>
  journey.agent.requests.flatMap(({ event }) =>
    'delivery' in event && event.context.channel_visitor_phone === phone.replace(/\D/g, '')
      ? [`${event.delivery.status} ${event.delivery.code ?? ''}`.trim()]
      : [],
  );

const bytes = someBytes(900);
const data = bytes.toString('base64');
// biome-ignore format: a table reads by column
const kinds: { what: string; body: Body; told: Body }[] = [
  { what: 'a picture',       body: { file: { data, kind: 'image', caption: 'Look' } }, told: { kind: 'image', text: 'Look' } },
  { what: 'a voice note',    body: { file: { data, kind: 'voice' } },                  told: { kind: 'voice' } },
  { what: 'a document',      body: { file: { data, name: 'a.bin' } },                  told: { kind: 'document', file: { filename: 'a.bin' } } },
  { what: 'a picture of v1', body: { payload: 'v1', file: { data, kind: 'image' } },   told: { kind: 'image' } },
  { what: 'a place',         body: { location: { latitude: 1, longitude: 2 } },        told: { kind: 'location' } },
  { what: 'a contact',       body: { contacts: [{ name: 'Ivan' }] },                   told: { kind: 'contacts' } },
];

test.each(kinds)('a played visitor sends $what, and the agent is told what it is', async ({
  body,
  told,
}) => {
  const { message_id: id } = await play({ from: someone(), ...body });
  expect(messageOf(id)).toMatchObject(told);
  const { file } = messageOf(id) as { file?: ToldFile };
  if (!('file' in body)) return;
  const answer = await fetchFile(file as ToldFile);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
});

test('a played visitor taps, quotes, reacts and corrects, and the agent is told about what', async () => {
  const from = someone();
  await play({ from, text: 'Hello' });
  const [menu] = journey.received(from.replace(/\D/g, ''));
  const tap = await play({ from, tap: 'yes' });
  expect(messageOf(tap.message_id)).toMatchObject({
    kind: 'choice',
    option: { label: 'Yes' },
    via: 'tap',
  });
  const quote = await play({ from, text: 'this one', quote: menu?.messageId });
  expect(messageOf(quote.message_id)).toMatchObject({ reply_to: { message_id: menu?.messageId } });
  const reaction = await play({ from, reaction: { to: menu?.messageId, emoji: '👍' } });
  const about = { to_message_id: menu?.messageId };
  expect(messageOf(reaction.message_id)).toMatchObject({ kind: 'reaction', emoji: '👍', ...about });
  const edit = await play({ from, edit: { to: quote.message_id, text: 'that one' } });
  const corrected = { kind: 'edit', text: 'that one', to_message_id: quote.message_id };
  expect(messageOf(edit.message_id)).toMatchObject(corrected);
});

test('a played visitor without a phone number gets the answers', async () => {
  const bsuid = 'DE.7340021985560077';
  const { message_id: id } = await play({ bsuid, text: 'Hello' });
  expect(eventsAbout(id)).toMatchObject([{ context: { channel_chat_id: `${bsuid}|dialog360` } }]);
  const chat = journey.provider.account(PROVIDER_KEY).chat(bsuid);
  expect(chat.map(({ text }) => text)).toEqual(['Hello', 'Is it urgent?']);
});

// biome-ignore format: a table reads by column
const ends: { what: string; body: Body; news: string[] }[] = [
  { what: 'fails late',                               body: { next: {} },                                        news: ['failed provider-131049'] },
  { what: 'cannot go to a number without WhatsApp',   body: { next: { outcome: 'no-whatsapp' } },                news: ['failed provider-131026'] },
  { what: 'meets a window that WhatsApp calls closed', body: { next: { outcome: 'window-closed', times: 2 } },   news: ['refused window-closed'] },
  { what: 'comes more than a day after the visitor wrote', body: { hours_ago: 25 },                              news: ['refused window-closed'] },
];

test.each(ends)('a reply to a played visitor $what, and the agent hears it', async ({
  body,
  news,
}) => {
  const from = someone();
  await play({ from, text: 'Hello', ...body });
  expect(newsTo(from)).toEqual(news);
});

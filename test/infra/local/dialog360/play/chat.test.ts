import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChatChange } from '../../../../../infra/local/dialog360/chat/chat-change.ts';
import { type PlayStage, startPlay } from '../../../../support/play.ts';

let stage: PlayStage;
beforeEach(async () => {
  stage = await startPlay();
});
afterEach(() => stage.stop());

const from = '491700000001';
const to = '+491700000001';
const lineOf = async (message: Record<string, unknown>) => {
  expect((await stage.send({ to, ...message })).status).toBe(200);
  return (await stage.chat(from)).messages.at(-1);
};
const reply = (id: string) => ({ type: 'reply', reply: { id, title: id } });

// biome-ignore format: a table reads by column
const shown: { what: string; message: Record<string, unknown>; line: object }[] = [
  { what: 'a picture by link', message: { type: 'image', image: { link: 'https://e.example/a.png', caption: 'Look' } },
    line: { text: 'Look', caption: 'Look', media: { url: 'https://e.example/a.png', mime_type: null, name: null, size_bytes: null } } },
  { what: 'a place', message: { type: 'location', location: { latitude: 1, longitude: 2, name: 'Here' } },
    line: { text: 'Here', location: { latitude: 1, longitude: 2, name: 'Here' } } },
  { what: 'a contact', message: { type: 'contacts', contacts: [{ name: { formatted_name: 'Ivan', first_name: 'Ivan' }, phones: [{ phone: '+49' }], org: { company: 'Firm' } }] },
    line: { text: 'Ivan', contacts: [{ name: 'Ivan', phones: ['+49'], emails: [], organization: 'Firm' }] } },
  { what: 'buttons', message: { type: 'interactive', interactive: { type: 'button', header: { type: 'text', text: 'Head' }, body: { text: 'Body' }, footer: { text: 'Foot' }, action: { buttons: [reply('a')] } } },
    line: { text: 'Body', header: { text: 'Head' }, footer: 'Foot', buttons: [{ kind: 'reply', id: 'a', label: 'a' }] } },
  { what: 'a list', message: { type: 'interactive', interactive: { type: 'list', body: { text: 'Body' }, action: { button: 'Open', sections: [{ rows: [{ id: 'r', title: 'Row' }] }] } } },
    line: { text: 'Body', list: { button: 'Open', sections: [{ rows: [{ id: 'r', title: 'Row' }] }] } } },
  { what: 'a link', message: { type: 'interactive', interactive: { type: 'cta_url', header: { type: 'image', image: { link: 'https://e.example/a.png' } }, body: { text: 'Body' }, action: { name: 'cta_url', parameters: { display_text: 'Go', url: 'https://e.example' } } } },
    line: { header: { media: { url: 'https://e.example/a.png' } }, buttons: [{ kind: 'link', label: 'Go', url: 'https://e.example' }] } },
  { what: 'a flow', message: { type: 'interactive', interactive: { type: 'flow', body: { text: 'Book' }, action: { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Open' } } } },
    line: { text: 'Book', buttons: [{ kind: 'form', label: 'Open' }] } },
  { what: 'a request for a place', message: { type: 'interactive', interactive: { type: 'location_request_message', body: { text: 'Where?' }, action: { name: 'send_location' } } },
    line: { text: 'Where?', buttons: [{ kind: 'send-location' }] } },
  { what: 'a request for a number', message: { type: 'interactive', interactive: { type: 'request_contact_info', body: { text: 'Who?' }, action: { name: 'request_contact_info' } } },
    line: { text: 'Who?', buttons: [{ kind: 'share-contact' }] } },
];

test.each(shown)('a chat shows $what', async ({ message, line }) => {
  expect(await lineOf(message)).toMatchObject({ from: 'business', type: message.type, ...line });
});

test('a chat shows an uploaded file with an address of its bytes', async () => {
  const form = new FormData();
  form.append('messaging_product', 'whatsapp');
  form.append('file', new Blob(['%PDF-1'], { type: 'application/pdf' }), 'a.pdf');
  const headers = { 'd360-api-key': 'key-1' };
  const upload = await stage.call('/media', { method: 'POST', headers, body: form });
  const { id } = upload.body as { id: string };
  const line = await lineOf({ type: 'document', document: { id, filename: 'bill.pdf' } });
  expect(line?.media).toMatchObject({
    name: 'bill.pdf',
    mime_type: 'application/pdf',
    size_bytes: 6,
  });
  const file = await fetch(line?.media?.url ?? '');
  expect(await file.text()).toBe('%PDF-1');
  expect(file.headers.get('content-security-policy')).toBe('sandbox');
});

test('a chat shows reactions of both sides, answers, edits and deletions', async () => {
  const { body } = await stage.play({ from, text: 'Helo' });
  const answer = await lineOf({
    type: 'text',
    text: { body: 'Hi' },
    context: { message_id: body.message_id },
  });
  expect(answer?.quotes).toBe(body.message_id);
  await stage.send({
    to,
    type: 'reaction',
    reaction: { message_id: body.message_id, emoji: '👀' },
  });
  await stage.play({ from, reaction: { to: 'last', emoji: '👍' } });
  await stage.play({ from, reaction: { to: 'last', emoji: '❤️' } });
  await stage.play({ from, edit: { to: 'last', text: 'Hello' } });
  const [first, second] = (await stage.chat(from)).messages;
  expect(first).toMatchObject({ text: 'Hello', edited_at: expect.any(String) });
  expect(first?.reactions).toEqual([{ from: 'business', emoji: '👀' }]);
  expect(second?.reactions).toEqual([{ from: 'user', emoji: '❤️' }]);

  await stage.play({ from, reaction: { to: 'last', emoji: null } });
  await stage.play({ from, revoke: { to: 'last' } });
  const [again, other] = (await stage.chat(from)).messages;
  expect(again?.revoked_at).toEqual(expect.any(String));
  expect(other?.reactions).toEqual([]);
});

test('a chat shows that the business types, until it writes', async () => {
  const { body } = await stage.play({ from, text: 'Hello' });
  await stage.send({
    status: 'read',
    message_id: body.message_id,
    typing_indicator: { type: 'text' },
  });
  const { typing_at, messages } = await stage.chat('+49 170 000-0001');
  expect(typing_at).toEqual(expect.any(String));
  expect(messages[0]).toMatchObject({ statuses: ['read'], history: [{ status: 'read' }] });
  await stage.send({ to, type: 'text', text: { body: 'Hi' } });
  expect((await stage.chat(from)).typing_at).toBeNull();
});

test('each change of a chat is told with its channel and visitor, and the list has all chats', async () => {
  const told: ChatChange[] = [];
  stage.provider.double.changes.on('change', (change) => told.push(change));
  await stage.play({ from, name: 'Ivan', text: 'Hello' });
  await stage.send({ to, type: 'text', text: { body: 'Hi' } });
  await stage.provider.double.idle();
  expect(told).toEqual(Array(5).fill({ token: 'key-1', person: from }));
  const { body } = await stage.call('/chats');
  expect(body).toMatchObject({
    chats: [{ token: 'key-1', person: from, name: 'Ivan', last: { text: 'Hi' } }],
  });
});

test('the same id again is a repeat, which no phone shows twice', async () => {
  await stage.play({ from, text: 'Hello', id: 'wamid.1' });
  const { body } = await stage.play({ from, text: 'Hello', id: 'wamid.1' });
  expect(body.became).toMatch(/, a repeat$/);
  expect(stage.posted).toHaveLength(2);
  expect((await stage.chat(from)).messages).toHaveLength(1);
});

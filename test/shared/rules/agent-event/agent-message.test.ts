import { expect, test } from 'vitest';
import type { InboundMessage } from '../../../../shared/contract/inbound-item.ts';
import type { Content } from '../../../../shared/contract/message.ts';
import { agentMessage } from '../../../../shared/rules/agent-event/agent-message.ts';

const receivedAt = Date.parse('2026-11-22T10:00:01Z');
const from = { phone: '491713920042', bsuid: 'DE.7340021985561204', username: '@anna' };
const message = (more: Partial<InboundMessage> = {}): InboundMessage => ({
  id: 'wamid.1',
  payload_version: 'v2',
  from,
  name: 'Anna',
  sent_at: Date.parse('2026-11-22T10:00:00Z'),
  content: { kind: 'text' },
  text: 'Hello',
  ...more,
});
const asSeen = (content: Content) => {
  const { id, text, sent_at, received_at, identity, ...seen } = agentMessage(message({ content }), {
    receivedAt,
    file: { url: 'https://m.example/14', expires_at: '2026-11-23T10:00:01.000Z' },
  });
  return seen;
};

test('a text is exactly this', () => {
  expect(agentMessage(message(), { receivedAt, file: null })).toStrictEqual({
    id: 'wamid.1',
    kind: 'text',
    text: 'Hello',
    sent_at: '2026-11-22T10:00:00.000Z',
    received_at: '2026-11-22T10:00:01.000Z',
    identity: from,
  });
});

test('a message without a time was sent when it came', () => {
  const seen = agentMessage(message({ sent_at: null }), { receivedAt, file: null });
  expect(seen.sent_at).toBe('2026-11-22T10:00:01.000Z');
});

// biome-ignore format: a table reads by column
const asTheyAre: Content[] = [
  { kind: 'choice', option: { id: 'a', label: 'A' }, via: 'label', menu_reply_id: 'rpl_1' },
  { kind: 'location', latitude: 1, longitude: 2, name: 'n', address: 'a' },
  { kind: 'contacts', contacts: [{ phones: [] }] },
  { kind: 'order', items: [{ quantity: 1 }], catalog_id: '3' },
  { kind: 'form', name: 'flow', answers: { a: 1 } },
  { kind: 'welcome' },
  { kind: 'call_permission', response: 'accept', is_permanent: true },
  { kind: 'reaction', emoji: null, to_message_id: 'wamid.0' },
  { kind: 'edit', to_message_id: 'wamid.0' },
  { kind: 'revoke', to_message_id: 'wamid.0' },
  { kind: 'unsupported', type: 'poll', raw: { a: 1 }, errors: [{ code: 131051, title: 't' }] },
];

test.each(asTheyAre)('what a $kind adds goes as it is', (content) => {
  expect(asSeen(content)).toStrictEqual(content);
});

const kinds = ['image', 'audio', 'voice', 'video', 'document', 'sticker'] as const;
test.each(kinds)('the file of a %s has our address', (kind) => {
  const file = { id: '14', mime_type: 'application/pdf', sha256: 's', filename: 'a.pdf' };
  expect(asSeen({ kind, file })).toStrictEqual({
    kind,
    file: { ...file, url: 'https://m.example/14', expires_at: '2026-11-23T10:00:01.000Z' },
  });
});

// biome-ignore format: a table reads by column
const noAddress = [
  { when: 'the sandbox has no media',   id: '14', address: { unavailable: 'sandbox' },                      says: 'sandbox' },
  { when: 'WhatsApp never got it',      id: null, address: { url: 'https://m.example/', expires_at: 'x' },  says: 'not-downloaded' },
  { when: 'no address was made',        id: '14', address: null,                                            says: 'no-address' },
];

test.each(noAddress)('a file has no address but the reason when $when', ({ id, address, says }) => {
  const said = message({ content: { kind: 'image', file: { id } } });
  expect(agentMessage(said, { receivedAt, file: address }).file).toStrictEqual({
    id,
    url: null,
    expires_at: null,
    unavailable: says,
    mime_type: 'application/octet-stream',
  });
});

// biome-ignore format: a table reads by column
const quotes = [
  { when: 'the visitor’s own phone',        author: from.phone,     known: undefined,                                   is: { from: 'visitor' } },
  { when: 'the visitor’s own BSUID',        author: from.bsuid,     known: undefined,                                   is: { from: 'visitor' } },
  { when: 'our number, unknown to us',      author: '493023125100', known: undefined,                                   is: { from: null } },
  { when: 'an unknown author',                         author: null,           known: undefined,                                   is: { from: null } },
  { when: 'a reply of ours',                author: '493023125100', known: { from: 'agent', reply_id: 'r', id: 'mine' } as const, is: { from: 'agent', reply_id: 'r', id: 'mine' } },
  { when: 'a person in the app',            author: '493023125100', known: { from: 'human' } as const,                  is: { from: 'human' } },
];

test.each(quotes)('a quote of $when', ({ author, known, is }) => {
  const said = message({ reply_to: { message_id: 'wamid.0', author } });
  const facts = { receivedAt, file: null, ...(known && { quoted: known }) };
  expect(agentMessage(said, facts).reply_to).toStrictEqual({ message_id: 'wamid.0', ...is });
});

test('a quote without an author is not taken for the visitor’s when the phone is withheld too', () => {
  const withheld = { ...from, phone: null };
  const said = message({ from: withheld, reply_to: { message_id: 'wamid.0', author: null } });
  expect(agentMessage(said, { receivedAt, file: null }).reply_to).toMatchObject({ from: null });
});

test('forwarded and an ad are said, where there are any', () => {
  const said = message({ forwarded: true, referral: { source_id: '1' } });
  const seen = agentMessage(said, { receivedAt, file: null });
  expect(seen).toMatchObject({ forwarded: true, referral: { source_id: '1' } });
});

test('what a voice note says stands beside it, or why that is not known; else there is no such member', () => {
  const voice = message({ content: { kind: 'voice', file: { id: '1' } }, text: '' });
  const facts = { receivedAt, file: null };
  const text = 'Where is it?';
  expect(agentMessage(voice, { ...facts, heard: { text, language: 'en' } })).toMatchObject({
    text: '',
    transcript: { text, language: 'en' },
  });
  const unheard = agentMessage(voice, { ...facts, heard: { note: 'file-gone' } });
  expect(unheard).toMatchObject({ transcript: null, transcript_note: 'file-gone' });
  const unasked = agentMessage(voice, facts);
  expect(Object.keys(unasked)).not.toContain('transcript');
  expect(Object.keys(unasked)).not.toContain('transcript_note');
});

import { expect, test } from 'vitest';
import type { InboundMessage } from '../../../../shared/contract/inbound-item.ts';
import type { Content } from '../../../../shared/contract/message.ts';
import { channelVariables } from '../../../../shared/rules/agent-event/channel-variables.ts';

const PHONE = '491713920042';
const BSUID = 'DE.7340021985561204';
const chat = {
  channel_chat_id: `${PHONE}|dialog360`,
  phone: PHONE,
  bsuid: BSUID,
  name: 'Anna then',
};

const message = (more: Partial<InboundMessage> = {}): InboundMessage => ({
  id: 'wamid.1',
  payload_version: 'v2',
  from: { phone: PHONE, bsuid: BSUID, username: null },
  name: 'Анна Петрова',
  sent_at: null,
  content: { kind: 'text' },
  text: 'Hello',
  ...more,
});

test('the original’s nine variables, and what stands beside them', () => {
  expect(channelVariables({ chat, message: message(), fileUrl: null })).toEqual({
    channel_chat_id: `${PHONE}|dialog360`,
    channel_conversation_id: PHONE,
    channel_visitor_id: PHONE,
    channel_visitor_firstname: 'Анна Петрова',
    channel_visitor_lastname: 'Анна Петрова',
    channel_visitor_phone: PHONE,
    channel_visitor_email: '',
    channel_visitor_account: PHONE,
    channel_visitor_auth: '',
    channel_visitor_source: '',
    channel_message_id: 'wamid.1',
    client_message: 'Hello',
  });
});

test('without a message the keys are all there, the words are empty', () => {
  const variables = channelVariables({ chat, message: null, fileUrl: null });
  expect(variables).toMatchObject({ channel_visitor_firstname: 'Anna then', client_message: '' });
  expect(variables).not.toHaveProperty('channel_message_id');
});

const OTHER = '491713920077';

// biome-ignore format: a table reads by column
const visitors = [
  { when: 'both know a phone, the message is newer',  inChat: PHONE, inMessage: { phone: OTHER, bsuid: BSUID }, visitor: OTHER, phone: OTHER },
  { when: 'the phone is withheld now',                inChat: PHONE, inMessage: { phone: null, bsuid: BSUID },  visitor: PHONE, phone: PHONE },
  { when: 'the phone was never seen',                 inChat: null,  inMessage: { phone: null, bsuid: BSUID },  visitor: BSUID, phone: '' },
  { when: 'the phone is shown at last',               inChat: null,  inMessage: { phone: PHONE, bsuid: BSUID }, visitor: PHONE, phone: PHONE },
];

test.each(visitors)('who it is when $when', ({ inChat, inMessage, visitor, phone }) => {
  const frozen = { ...chat, channel_chat_id: `${BSUID}|dialog360`, phone: inChat };
  const from = { ...inMessage, username: null };
  expect(
    channelVariables({ chat: frozen, message: message({ from }), fileUrl: null }),
  ).toMatchObject({
    channel_chat_id: `${BSUID}|dialog360`,
    channel_conversation_id: visitor,
    channel_visitor_id: visitor,
    channel_visitor_account: visitor,
    channel_visitor_phone: phone,
  });
});

test('a chat known by BSUID alone has it for its ids also without a message', () => {
  const variables = channelVariables({
    chat: { ...chat, phone: null },
    message: null,
    fileUrl: null,
  });
  expect(variables).toMatchObject({ channel_visitor_id: BSUID, channel_visitor_phone: '' });
});

test('a message without a name keeps the name the chat knows', () => {
  const variables = channelVariables({ chat, message: message({ name: '' }), fileUrl: null });
  expect(variables.channel_visitor_lastname).toBe('Anna then');
});

const SIGNED = 'https://media.example/media/ch_1/14?s=1';
const file = (id: string | null) => ({ id, mime_type: 'application/pdf' });
const V1_ID = '7b825480-9148-44a7-9454-b60d7f433e14';

// biome-ignore format: a table reads by column
const words: { content: Content; text: string; says: string; payload_version?: 'v1'; fileUrl?: null }[] = [
  { content: { kind: 'text' },                                                                    text: 'Hello',   says: 'Hello' },
  { content: { kind: 'choice', option: { id: 'btn:2', label: 'Yes, please' }, via: 'tap' },       text: 'Yes, …',  says: 'Yes, please' },
  { content: { kind: 'choice', option: { id: 'btn:2', label: 'Yes, please' }, via: 'number' },    text: '2',       says: 'Yes, please' },
  { content: { kind: 'document', file: file('14') },                                              text: 'caption', says: `file:document|14|${SIGNED}` },
  { content: { kind: 'image', file: file('14') },                                                 text: '',        says: `file:image|14|${SIGNED}` },
  { content: { kind: 'audio', file: file('14') },                                                 text: '',        says: `file:audio|14|${SIGNED}` },
  { content: { kind: 'voice', file: file('14') },                                                 text: '',        says: `file:voice|14|${SIGNED}` },
  { content: { kind: 'video', file: file('14') },                                                 text: '',        says: `file:video|14|${SIGNED}` },
  { content: { kind: 'sticker', file: file('14') },                                               text: '',        says: `file:sticker|14|${SIGNED}` },
  { content: { kind: 'document', file: file('14') },               fileUrl: null,                 text: '',        says: 'file:document|14|' },
  { content: { kind: 'document', file: file(null) },                                              text: 'caption', says: 'file:document||' },
  { content: { kind: 'document', file: file(V1_ID) },              payload_version: 'v1',              text: '',        says: `file:document|${V1_ID}|https://waba.360dialog.io/v1/media/${V1_ID}` },
  { content: { kind: 'document', file: file(V1_ID) },              payload_version: 'v1', fileUrl: null, text: '',      says: `file:document|${V1_ID}|https://waba.360dialog.io/v1/media/${V1_ID}` },
  { content: { kind: 'document', file: file(null) },               payload_version: 'v1',              text: '',        says: 'file:document||' },
  { content: { kind: 'location', latitude: 52.5186, longitude: -13.3762, name: 'Reichstag' },     text: '',        says: '52.5186,-13.3762' },
  { content: { kind: 'location', latitude: 0, longitude: 0.0000005 },                             text: '',        says: '0.0000000,0.0000005' },
  { content: { kind: 'contacts', contacts: [] },                                                  text: '',        says: '' },
  { content: { kind: 'order', items: [], catalog_id: '3' },                                       text: 'no onions', says: 'no onions' },
  { content: { kind: 'form', name: 'flow', answers: {} },                                         text: 'Sent',    says: 'Sent' },
  { content: { kind: 'welcome' },                                                                 text: '',        says: '' },
  { content: { kind: 'call_permission', response: 'accept' },                                     text: '',        says: '' },
  { content: { kind: 'reaction', emoji: '👍', to_message_id: 'wamid.0' },                         text: '',        says: '' },
  { content: { kind: 'edit', to_message_id: 'wamid.0' },                                          text: 'better',  says: 'better' },
  { content: { kind: 'revoke', to_message_id: 'wamid.0' },                                        text: '',        says: '' },
  { content: { kind: 'unsupported', type: 'video', raw: {}, errors: [] },                         text: 'caption', says: 'caption' },
];

test.each(words)('$content.kind says "$says"', ({
  content,
  text,
  says,
  payload_version,
  fileUrl,
}) => {
  const said = message({ content, text, payload_version: payload_version ?? 'v2' });
  const url = fileUrl === undefined ? SIGNED : fileUrl;
  expect(channelVariables({ chat, message: said, fileUrl: url }).client_message).toBe(says);
});

test('only a location is one', () => {
  const place = message({ content: { kind: 'location', latitude: 1.5, longitude: -2 } });
  const variables = channelVariables({ chat, message: place, fileUrl: null });
  expect(variables.channel_visitor_location).toBe('1.5,-2');
  const plain = channelVariables({ chat, message: message(), fileUrl: null });
  expect(plain).not.toHaveProperty('channel_visitor_location');
});

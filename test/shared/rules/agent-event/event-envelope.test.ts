import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import type { InboundMessage } from '../../../../shared/contract/inbound-item.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { channelVariables } from '../../../../shared/rules/agent-event/channel-variables.ts';
import { dialogOf, eventEnvelope } from '../../../../shared/rules/agent-event/event-envelope.ts';

const now = Date.parse('2026-11-22T10:00:01.000Z');
const MINUTE = 60_000;
const channel: Pick<Channel, 'id' | 'title' | 'options'> = {
  id: 'ch_1',
  title: 'Support',
  options: parse(channelOptionsSchema, {}),
};
const chat = {
  channel_id: 'ch_1',
  id: 'c'.repeat(40),
  first_event_id: 'evt_first',
  last_inbound_at: now - 1_000,
  dialog: 'open',
  dialog_at: now,
  paused_until: null,
  missed: 0,
} as Chat;
const seen = (more: Partial<Chat> = {}, eventId = 'evt_1') =>
  eventEnvelope(
    { channel, chat: { ...chat, ...more }, type: 'handover', eventId, at: now - 500 },
    { attempt: 2, now },
  );

test('an event in an open chat is exactly this', () => {
  expect(seen()).toStrictEqual({
    version: 1,
    channel: { id: 'ch_1', title: 'Support', connector: 'dialog360' },
    chat: {
      id: 'c'.repeat(40),
      is_new: false,
      dialog: 'open',
      window: { open: true, until: '2026-11-23T10:00:00.000Z' },
      paused_until: null,
    },
    event: {
      id: 'evt_1',
      type: 'handover',
      at: '2026-11-22T10:00:00.500Z',
      attempt: 2,
      trace_id: 'evt_1',
    },
    context: channelVariables({ chat, message: null, fileUrl: null }),
  });
});

test('the variables of a message are those of the message the event is about', () => {
  const message = {
    id: 'wamid.1',
    from: { phone: '4915112345678', bsuid: null, username: null },
    name: 'Anna',
    text: '',
    content: { kind: 'image', file: { id: 'media-1' } },
  } as InboundMessage;
  const about = { message, fileUrl: 'https://example.com/media-1' };
  const written = { channel, chat, type: 'message', eventId: 'evt_1', at: now, about } as const;
  const { context, event } = eventEnvelope(written, { attempt: 1, now });
  expect(event.type).toBe('message');
  expect(context).toEqual(channelVariables({ chat, ...about }));
  expect(context.client_message).toBe('file:image|media-1|https://example.com/media-1');
});

test('the chat is new to the event that made it, on every attempt, and to no other', () => {
  expect(seen({}, 'evt_first').chat.is_new).toBe(true);
  expect(seen({ last_inbound_at: now - 9 }, 'evt_first').chat.is_new).toBe(true);
  expect(seen({}, 'evt_second').chat.is_new).toBe(false);
});

// biome-ignore format: a table reads by column
const windows = [
  { when: 'the visitor never wrote',                 last: null,                       is: { open: false, until: null } },
  { when: 'it closed yesterday',              last: now - 48 * 60 * MINUTE,     is: { open: false, until: '2026-11-21T10:00:01.000Z' } },
  { when: 'only the margin is left',          last: now - 24 * 60 * MINUTE + 30_000, is: { open: false, until: '2026-11-22T10:00:31.000Z' } },
];

test.each(windows)('the window when $when', ({ last, is }) => {
  expect(seen({ last_inbound_at: last }).chat.window).toEqual(is);
});

// biome-ignore format: a table reads by column
const pauses = [
  { when: 'it lasts',                 until: now + 1, says: '2026-11-22T10:00:01.001Z' },
  { when: 'it ends this instant',     until: now,     says: null },
  { when: 'it is over',               until: now - 1, says: null },
];

test.each(pauses)('a pause when $when', ({ until, says }) => {
  expect(seen({ paused_until: until }).chat.paused_until).toBe(says);
});

test('that Meta’s own agent has the conversation is told only while it has', () => {
  const held = (holder: 'meta' | 'us') => ({ holder, at: now, event_id: 'evt_1' });
  expect(seen({ control: held('meta') }).chat).toMatchObject({ held_by: 'meta' });
  expect(seen({ control: held('us') }).chat).not.toHaveProperty('held_by');
  expect(seen({ control: null }).chat).not.toHaveProperty('held_by');
});

test('missed messages are told only when there are any', () => {
  expect(seen({ missed: 3 }).chat.missed).toBe(3);
  expect(seen({ missed: 0 }).chat).not.toHaveProperty('missed');
  expect(seen({ missed: -1 }).chat).not.toHaveProperty('missed');
});

// biome-ignore format: a table reads by column
const dialogs = [
  { when: 'one side just spoke',            dialog: 'open',   ago: 0,               idle: 60, is: 'open' },
  { when: '1 ms is left',                   dialog: 'open',   ago: 60 * MINUTE - 1, idle: 60, is: 'open' },
  { when: 'it has been idle long enough',   dialog: 'open',   ago: 60 * MINUTE,     idle: 60, is: 'closed' },
  { when: 'dialogs never end by themselves', dialog: 'open',  ago: 9e9,             idle: 0,  is: 'open' },
  { when: 'the agent closed it',            dialog: 'closed', ago: 0,               idle: 60, is: 'closed' },
  { when: 'closed, and never idle',         dialog: 'closed', ago: 0,               idle: 0,  is: 'closed' },
] as const;

test.each(dialogs)('a dialog when $when is $is', ({ dialog, ago, idle, is }) => {
  expect(dialogOf({ dialog, dialog_at: now - ago }, idle, now)).toBe(is);
});

test('the envelope tells the dialog by the channel’s own `dialog_idle_minutes`', () => {
  expect(seen({ dialog_at: now - 60 * MINUTE }).chat.dialog).toBe('closed');
});

import { expect, test } from 'vitest';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { chatView } from '../../../../shared/rules/chat/chat-view.ts';

import { someParked } from '../../../support/some-delivery.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;
const options = parse(channelOptionsSchema, { dialog_idle_minutes: 60 });
const chat: Chat = {
  channel_id: 'ch_1',
  id: 'c1',
  channel_chat_id: '491713920042|dialog360',
  phone: '491713920042',
  bsuid: null,
  wa_id: '49171392004',
  username: null,
  name: 'Anna',
  created_at: now - 48 * HOUR,
  first_event_id: 'evt_1',
  last_inbound_at: now - HOUR,
  inbound_before: null,
  inbound_earlier: null,
  inbound_event: null,
  dialog: 'open',
  dialog_at: now - 1,
  paused_until: null,
  control: null,
  turns_counted: 0,
  turns_since: null,
  missed: 3,
  refuted_inbound_at: null,
  parked: [someParked('rep_1'), someParked('rep_2')],
  fallback: null,
  stop_word: null,
  marketing: null,
  pace_at: now,
  menu: null,
  media_wait: null,
  agent_session: null,
};

test('the endpoints show a chat without our internal fields', () => {
  expect(chatView(chat, { options }, now)).toEqual({
    chat_id: 'c1',
    channel_chat_id: '491713920042|dialog360',
    identity: { phone: '491713920042', bsuid: null, username: null },
    name: 'Anna',
    created_at: '2026-11-20T10:00:00.000Z',
    last_inbound_at: '2026-11-22T09:00:00.000Z',
    window: { open: true, until: '2026-11-23T09:00:00.000Z' },
    dialog: 'open',
    paused_until: null,
    held_by: null,
    parked: 2,
    opted_out: null,
  });
});

// biome-ignore format: a table reads by column
const moments = [
  { when: 'the visitor never wrote',       chat: { last_inbound_at: null },            shows: { last_inbound_at: null, window: { open: false, until: null } } },
  { when: 'the window has closed',         chat: { last_inbound_at: now - 24 * HOUR }, shows: { window: { open: false, until: '2026-11-22T10:00:00.000Z' } } },
  { when: 'an hour passed without a word', chat: { dialog_at: now - HOUR },            shows: { dialog: 'closed' } },
  { when: 'Meta’s own agent has it',       chat: { control: { holder: 'meta' as const, at: now, event_id: 'evt_2' } }, shows: { held_by: 'meta', paused_until: null } },
  { when: 'Meta’s own agent had it',       chat: { control: { holder: 'us' as const, at: now, event_id: 'evt_2' } }, shows: { held_by: null } },
  { when: 'the agent has closed it',       chat: { dialog: 'closed' as const },        shows: { dialog: 'closed' } },
  { when: 'a person has it',               chat: { paused_until: now + 1 },            shows: { paused_until: '2026-11-22T10:00:00.001Z' } },
  { when: 'the pause is over',             chat: { paused_until: now },                shows: { paused_until: null } },
];

test.each(moments)('when $when', ({ chat: more, shows }) => {
  expect(chatView({ ...chat, ...more }, { options }, now)).toMatchObject(shows);
});

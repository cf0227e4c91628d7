import { expect, test } from 'vitest';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import type { Chat, SentFallback } from '../../../../shared/contract/chat.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import {
  type ClosedWindowPolicy,
  closedWindowPolicy,
  hasAsked,
} from '../../../../shared/rules/window/closed-window.ts';

type Wish = 'refuse' | 'template' | 'park';
const named = { name: 'hello_again', language: 'en' };
const policy = (wish: Wish | null, channel: Wish, template: boolean, parkIfClosed: boolean) =>
  closedWindowPolicy(
    wish,
    parse(channelOptionsSchema, {
      if_window_closed: channel,
      fallback_template: template ? named : null,
    }),
    { parkIfClosed },
  );

const refuse: ClosedWindowPolicy = { kind: 'refuse' };
const template: ClosedWindowPolicy = { kind: 'template' };
const asking: ClosedWindowPolicy = { kind: 'park', asks: true, evenIfNeverWrote: false };
const silent: ClosedWindowPolicy = { kind: 'park', asks: false, evenIfNeverWrote: false };
const notified: ClosedWindowPolicy = { kind: 'park', asks: false, evenIfNeverWrote: true };

// biome-ignore format: a table reads by column
const policies: { wish: Wish | null; channel: Wish; named: boolean; parkIfClosed?: true; is: ClosedWindowPolicy }[] = [
  { wish: null,       channel: 'refuse',   named: false, is: refuse },
  { wish: null,       channel: 'refuse',   named: true,  is: refuse },
  { wish: null,       channel: 'template', named: true,  is: template },
  { wish: null,       channel: 'template', named: false, is: refuse },
  { wish: null,       channel: 'park',     named: true,  is: asking },
  { wish: null,       channel: 'park',     named: false, is: silent },
  { wish: 'refuse',   channel: 'park',     named: true,  is: refuse },
  { wish: 'refuse',   channel: 'template', named: true,  is: refuse },
  { wish: 'template', channel: 'refuse',   named: true,  is: template },
  { wish: 'template', channel: 'park',     named: false, is: refuse },
  { wish: 'park',     channel: 'refuse',   named: true,  is: asking },
  { wish: 'park',     channel: 'template', named: false, is: silent },
  { wish: null,       channel: 'refuse',   named: true,  parkIfClosed: true, is: notified },
  { wish: null,       channel: 'template', named: true,  parkIfClosed: true, is: notified },
  { wish: null,       channel: 'park',     named: true,  parkIfClosed: true, is: notified },
  { wish: 'park',     channel: 'refuse',   named: true,  parkIfClosed: true, is: notified },
  { wish: 'template', channel: 'refuse',   named: true,  parkIfClosed: true, is: notified },
  { wish: 'refuse',   channel: 'park',     named: true,  parkIfClosed: true, is: refuse },
];

test.each(
  policies,
)('the reply wants $wish, the channel $channel (template: $named, after a notification: $parkIfClosed)', ({
  wish,
  channel,
  named,
  parkIfClosed,
  is,
}) => {
  expect(policy(wish, channel, named, parkIfClosed === true)).toEqual(is);
});

const INBOUND_AT = 1_000;
const fallback: SentFallback = { reply_id: 'rep_1', turn_id: 'evt_1', inbound_at: INBOUND_AT };
const chat = (more: Partial<Chat>) => ({ fallback, last_inbound_at: INBOUND_AT, ...more });

// biome-ignore format: a table reads by column
const asked: { when: string; chat: Parameters<typeof hasAsked>[0]; turn: string; template: boolean; park: boolean }[] = [
  { when: 'no template ever went',                             chat: chat({ fallback: null }),           turn: 'evt_1', template: false, park: false },
  { when: 'one went for this answer',                          chat: chat({}),                           turn: 'evt_1', template: true,  park: true },
  { when: 'one went for this answer, and the visitor wrote',   chat: chat({ last_inbound_at: 2_000 }),   turn: 'evt_1', template: true,  park: false },
  { when: 'one went for another, and the visitor is silent',   chat: chat({}),                           turn: 'evt_2', template: false, park: true },
  { when: 'one went for another, and the visitor wrote since', chat: chat({ last_inbound_at: 2_000 }),   turn: 'evt_2', template: false, park: false },
];

test.each(
  asked,
)('the template has gone when $when: $template, and where replies are parked: $park', ({
  chat,
  turn,
  template,
  park,
}) => {
  expect(hasAsked(chat, turn, 'template')).toBe(template);
  expect(hasAsked(chat, turn, 'park')).toBe(park);
});

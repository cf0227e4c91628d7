import { expect, test } from 'vitest';
import {
  type Circumstances,
  type ReplyRoute,
  routeReply,
} from '../../../../shared/rules/delivery/route-reply.ts';
import type { ClosedWindowPolicy } from '../../../../shared/rules/window/closed-window.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
const wrote = (at: number | null, refuted: number | null = null): Circumstances['window'] => ({
  last_inbound_at: at,
  refuted_inbound_at: refuted,
});
const OPEN = wrote(now - 60_000);
const CLOSED = wrote(now - DAY);
const REFUTED = wrote(now - 60_000, now - 60_000);
const NEVER = wrote(null);

const good: Circumstances = {
  channelActive: true,
  needsWindow: true,
  silenced: null,
  window: OPEN,
  acceptedAt: now - 10_000,
  validForSeconds: null,
  policy: { kind: 'refuse' },
  optedOut: false,
  unwanted: false,
  parkFull: false,
  now,
};
const route = (more: Partial<Circumstances>): ReplyRoute => routeReply({ ...good, ...more });
/** A route as one word: where it leads, or why nowhere. */
const wordOf = (to: ReplyRoute): string => {
  if (to.kind === 'park') return to.asks ? 'park, asking' : 'park';
  return 'code' in to ? to.code : to.kind;
};

/** In the order in which they are named: each hides the ones below it. */
const obstacles: { code: string; stands: Partial<Circumstances> }[] = [
  { code: 'channel-inactive', stands: { channelActive: false } },
  { code: 'chat-paused', stands: { silenced: 'human' as const } },
  { code: 'expired', stands: { validForSeconds: 10 } },
  { code: 'window-closed', stands: { window: CLOSED } },
];

test.each(obstacles)('$code alone stops a reply', ({ code, stands }) => {
  expect(wordOf(route(stands))).toBe(code);
});

test.each(
  obstacles.map(({ code }, at) => ({ code, at })),
)('$code is named before everything below it', ({ code, at }) => {
  const standing = obstacles.slice(at).map(({ stands }) => stands);
  expect(wordOf(route(Object.assign({}, ...standing)))).toBe(code);
});

test('a reply with nothing in its way goes', () => {
  expect(route({})).toEqual({ kind: 'go' });
});

const refuse: ClosedWindowPolicy = { kind: 'refuse' };
const template: ClosedWindowPolicy = { kind: 'template' };
const park = (asks: boolean, evenIfNeverWrote = false): ClosedWindowPolicy => ({
  kind: 'park',
  asks,
  evenIfNeverWrote,
});

// biome-ignore format: a table reads by column
const closed: { when: string; window: Circumstances['window']; policy: ClosedWindowPolicy; more?: Partial<Circumstances>; to: string }[] = [
  { when: 'open, and would be refused',                  window: OPEN,    policy: refuse,            to: 'go' },
  { when: 'open, and would be replaced',                 window: OPEN,    policy: template,          to: 'go' },
  { when: 'open, and would be parked',                   window: OPEN,    policy: park(true),        to: 'go' },
  { when: 'open, whatever the visitor wants no more of', window: OPEN,    policy: park(true), more: { optedOut: true, unwanted: true, parkFull: true }, to: 'go' },
  { when: 'closed, to be refused',                       window: CLOSED,  policy: refuse,            to: 'window-closed' },
  { when: 'closed, to be replaced',                      window: CLOSED,  policy: template,          to: 'template' },
  { when: 'closed, to be parked',                        window: CLOSED,  policy: park(false),       to: 'park' },
  { when: 'closed, to be parked with a template',        window: CLOSED,  policy: park(true),        to: 'park, asking' },
  { when: 'said to be closed, to be refused',            window: REFUTED, policy: refuse,            to: 'window-closed' },
  { when: 'said to be closed, to be replaced',           window: REFUTED, policy: template,          to: 'template' },
  { when: 'said to be closed, to be parked',             window: REFUTED, policy: park(false),       to: 'park' },
  { when: 'never there, to be refused',                  window: NEVER,   policy: refuse,            to: 'never-wrote' },
  { when: 'never there, to be replaced',                 window: NEVER,   policy: template,          to: 'never-wrote' },
  { when: 'never there, to be parked',                   window: NEVER,   policy: park(true),        to: 'never-wrote' },
  { when: 'never there, about a notification',           window: NEVER,   policy: park(false, true), to: 'park' },
  { when: 'closed, about a notification',                window: CLOSED,  policy: park(false, true), to: 'park' },
  { when: 'closed, nothing wanted, to be refused',       window: CLOSED,  policy: refuse,     more: { optedOut: true }, to: 'window-closed' },
  { when: 'closed, nothing wanted, to be replaced',      window: CLOSED,  policy: template,   more: { optedOut: true }, to: 'opted-out' },
  { when: 'closed, nothing wanted, to be parked',        window: CLOSED,  policy: park(true), more: { optedOut: true }, to: 'opted-out' },
  { when: 'never there, nothing wanted, to be parked',    window: NEVER,   policy: park(true), more: { optedOut: true }, to: 'never-wrote' },
  { when: 'never there, nothing wanted, a notification', window: NEVER,   policy: park(false, true), more: { optedOut: true }, to: 'opted-out' },
  { when: 'closed, twenty wait, to be parked',           window: CLOSED,  policy: park(true), more: { parkFull: true },  to: 'park-full' },
  { when: 'closed, twenty wait, to be replaced',         window: CLOSED,  policy: template,   more: { parkFull: true },  to: 'template' },
  { when: 'closed, twenty wait, nothing wanted',         window: CLOSED,  policy: park(true), more: { parkFull: true, optedOut: true }, to: 'opted-out' },
  { when: 'closed, its time up, to be parked',           window: CLOSED,  policy: park(true), more: { validForSeconds: 10 }, to: 'expired' },
  { when: 'closed, a person there, to be parked',        window: CLOSED,  policy: park(true), more: { silenced: 'human' as const },  to: 'chat-paused' },
  { when: 'closed, the channel off, to be replaced',     window: CLOSED,  policy: template,   more: { channelActive: false }, to: 'channel-inactive' },
];

test.each(closed)('the window is $when: $to', ({ window, policy, more, to }) => {
  expect(wordOf(route({ window, policy, ...more }))).toBe(to);
});

// biome-ignore format: a table reads by column
const templates: { when: string; more: Partial<Circumstances>; to: string }[] = [
  { when: 'the window is closed',              more: { window: CLOSED         },                    to: 'go' },
  { when: 'the visitor never wrote',           more: { window: NEVER },                     to: 'go' },
  { when: 'it would be parked if it could be', more: { window: CLOSED, policy: park(true), parkFull: true }, to: 'go' },
  { when: 'the visitor wants no more of some', more: { optedOut: true         },                    to: 'go' },
  { when: 'the visitor wants no more of it',   more: { unwanted: true         },                    to: 'opted-out' },
  { when: 'the visitor wants no more of it, and the window is closed', more: { unwanted: true, window: CLOSED }, to: 'opted-out' },
  { when: 'the channel is not active',         more: { channelActive:         false },              to: 'channel-inactive' },
  { when: 'a person has the chat',             more: { silenced: 'meta' as const },                    to: 'chat-paused' },
  { when: 'its time is up',                    more: { validForSeconds: 1 },                to: 'expired' },
];

test.each(templates)('a template when $when: $to', ({ more, to }) => {
  expect(wordOf(route({ ...more, needsWindow: false }))).toBe(to);
});

// biome-ignore format: a table reads by column
const validity = [
  { when: '1 ms is left',                    validForSeconds: 10,     acceptedAt: now - 9_999,  to: 'go' },
  { when: 'its time is up this instant',     validForSeconds: 10,     acceptedAt: now - 10_000, to: 'expired' },
  { when: 'it was valid for half a second',  validForSeconds: 0.5,    acceptedAt: now - 500,    to: 'expired' },
  { when: 'half a second is not over',       validForSeconds: 0.5,    acceptedAt: now - 499,    to: 'go' },
  { when: 'no time is set, days later',      validForSeconds: null,   acceptedAt: now - 9 * DAY, to: 'go' },
  { when: 'our clock went back',             validForSeconds: 1,      acceptedAt: now + 5_000,  to: 'go' },
];

test.each(validity)('valid_for when $when: $to', ({ to, when, ...more }) => {
  expect(wordOf(route(more))).toBe(to);
});

test('the reason says whether the visitor wrote too long ago, or never, or WhatsApp contradicts our record', () => {
  const reasons = [CLOSED, NEVER, REFUTED].map((window) => {
    const to = route({ window });
    return 'reason' in to ? to.reason : '';
  });
  expect(reasons).toEqual([
    expect.stringContaining('more than 24 hours ago'),
    expect.stringContaining('never wrote'),
    expect.stringContaining('WhatsApp says'),
  ]);
});

import { expect, test } from 'vitest';
import { type Circumstances, routeReply } from '../../../shared/rules/route-reply.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
const good: Circumstances = {
  channelActive: true,
  needsWindow: true,
  silenced: false,
  lastInboundAt: now - 60_000,
  acceptedAt: now - 10_000,
  validForSeconds: null,
  now,
};
const route = (more: Partial<Circumstances>) => routeReply({ ...good, ...more });

/** In the order in which they are named: each hides the ones below it. */
const obstacles: { code: string; stands: Partial<Circumstances> }[] = [
  { code: 'channel-inactive', stands: { channelActive: false } },
  { code: 'chat-paused', stands: { silenced: true } },
  { code: 'expired', stands: { validForSeconds: 10 } },
  { code: 'window-closed', stands: { lastInboundAt: now - DAY } },
];

test.each(obstacles)('$code alone stops a reply', ({ code, stands }) => {
  expect(route(stands)).toMatchObject({ go: false, code });
});

test.each(
  obstacles.map(({ code }, at) => ({ code, at })),
)('$code is named before everything below it', ({ code, at }) => {
  const standing = obstacles.slice(at).map(({ stands }) => stands);
  expect(route(Object.assign({}, ...standing))).toMatchObject({ go: false, code });
});

test('a reply with nothing in its way goes', () => {
  expect(route({})).toEqual({ go: true });
});

// biome-ignore format: a table reads by column
const templates = [
  { when: 'the window is closed',       more: { lastInboundAt: now - DAY },          goes: true },
  { when: 'they never wrote',           more: { lastInboundAt: null },               goes: true },
  { when: 'the channel is not active',  more: { channelActive: false },              goes: false },
  { when: 'a person has the chat',      more: { silenced: true },                    goes: false },
  { when: 'its time is up',             more: { validForSeconds: 1 },                goes: false },
];

test.each(templates)('a template when $when: goes = $goes', ({ more, goes }) => {
  expect(route({ ...more, needsWindow: false }).go).toBe(goes);
});

// biome-ignore format: a table reads by column
const validity = [
  { when: '1 ms is left',                    validForSeconds: 10,     acceptedAt: now - 9_999,  goes: true },
  { when: 'its time is up this instant',     validForSeconds: 10,     acceptedAt: now - 10_000, goes: false },
  { when: 'it was valid for half a second',  validForSeconds: 0.5,    acceptedAt: now - 500,    goes: false },
  { when: 'half a second is not over',       validForSeconds: 0.5,    acceptedAt: now - 499,    goes: true },
  { when: 'no time is set, days later',      validForSeconds: null,   acceptedAt: now - 9 * DAY, goes: true },
  { when: 'our clock went back',             validForSeconds: 1,      acceptedAt: now + 5_000,  goes: true },
];

test.each(validity)('valid_for when $when: goes = $goes', ({ goes, when, ...more }) => {
  expect(route(more).go).toBe(goes);
});

test('the reason says whether they wrote too long ago or never', () => {
  const reasons = [now - DAY, null].map((lastInboundAt) => {
    const outcome = route({ lastInboundAt });
    return outcome.go ? '' : outcome.reason;
  });
  expect(reasons).toEqual([
    expect.stringContaining('more than 24 hours ago'),
    expect.stringContaining('never wrote'),
  ]);
});

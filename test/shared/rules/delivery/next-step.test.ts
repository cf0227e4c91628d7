import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part } from '../../../../shared/contract/delivery.ts';
import { isEnded } from '../../../../shared/rules/delivery/delivery-progress.ts';
import { nextStep, type Step } from '../../../../shared/rules/delivery/next-step.ts';
import { HAPPENED_AT, PART_STATUSES, somePart } from '../../../support/some-delivery.ts';

type Situation = Parameters<typeof nextStep>[0];
const [now, DAY] = [HAPPENED_AT, 24 * 60 * 60 * 1000];
const waiting = (retryAt: number) =>
  somePart('waiting', { retry_at: retryAt, code: 'provider-130429', reason: 'Too fast' });
const sending = (agoMs: number, attempts = 1) =>
  somePart('sending', { at: now - agoMs, attempts, unknowns: attempts - 1 });

const circumstances: Situation['circumstances'] = {
  channelActive: true,
  silenced: null,
  window: { last_inbound_at: now - 60_000, refuted_inbound_at: null },
  acceptedAt: now - 10_000,
  validForSeconds: null,
  policy: { kind: 'refuse' },
  optedOut: false,
  parkFull: false,
  now,
};
const next = (parts: (Part | undefined)[], more: Partial<Situation> = {}): Step =>
  nextStep({
    parts: Object.fromEntries([...parts.entries()].filter(([, one]) => one)) as Situation['parts'],
    partCount: Math.max(parts.length, 1),
    holdMs: 0,
    refusal: null,
    circumstances,
    needsWindow: () => true,
    unwanted: () => false,
    blocked: null,
    unknownOutcome: 'resend',
    waitsUntil: now + 60 * 60_000,
    ...more,
  });
const at = (more: Partial<Situation['circumstances']>) => ({
  circumstances: { ...circumstances, ...more },
});
const wroteAt = (at: number | null) => ({
  window: { last_inbound_at: at, refuted_inbound_at: null },
});
const [CLOSED, NEVER] = [wroteAt(now - DAY), wroteAt(null)];
const parking = { kind: 'park', asks: true, evenIfNeverWrote: false } as const;

const end: Step = { kind: 'end' };
const send = (index: number): Step => ({ kind: 'send', index });
const wait = (waitMs: number): Step => ({ kind: 'wait', waitMs });
const stop = (index: number, status: string, code: string) =>
  expect.objectContaining({ kind: 'stop', index, status, code, reason: expect.any(String) });
const unknown = (index = 0) => stop(index, 'failed', 'outcome-unknown');
const tooFast = {
  kind: 'stop',
  index: 0,
  status: 'failed',
  code: 'provider-130429',
  reason: 'Too fast',
};
const refusal = { code: 'reply-invalid', reason: 'text: must be text' } as const;

type Case = { when: string; parts: (Part | undefined)[]; more?: Partial<Situation>; does: unknown };

// biome-ignore format: a table reads by column
const resumes: Case[] = [
  { when: 'nothing was begun',                           parts: [undefined],                                          does: send(0) },
  { when: 'nothing of three was begun',                  parts: [undefined, undefined, undefined],                    does: send(0) },
  { when: 'the first of three was accepted',             parts: [somePart('accepted'), undefined, undefined],             does: send(1) },
  { when: 'two of three ended, each its own way',        parts: [somePart('read'), somePart('sent'), undefined],              does: send(2) },
  { when: 'every one was accepted',                      parts: [somePart('accepted'), somePart('accepted')],                 does: end },
  { when: 'the second was begun before the first',       parts: [undefined, somePart('accepted')],                        does: send(0) },
  { when: 'all were refused',                            parts: [somePart('refused'), somePart('refused')],                   does: end },
];

const no = { code: 'provider-131026', reason: 'Undeliverable' };

// biome-ignore format: a table reads by column
const brokenOff: Case[] = [
  { when: 'the provider said no to the first of three',  parts: [somePart('failed', no), undefined, undefined],           does: { kind: 'stop', index: 1, status: 'failed', ...no } },
  { when: 'it said no to the second',                    parts: [somePart('sent'), somePart('failed', no), undefined],        does: { kind: 'stop', index: 2, status: 'failed', ...no } },
  { when: 'it is unknown whether the first arrived',     parts: [somePart('failed', { code: 'outcome-unknown' }), undefined], does: stop(1, 'failed', 'outcome-unknown') },
  { when: 'the first was refused',                       parts: [somePart('refused', { code: 'window-closed' }), undefined], does: stop(1, 'refused', 'window-closed') },
  { when: 'the first expired',                           parts: [somePart('expired', { code: 'expired' }), undefined],    does: stop(1, 'expired', 'expired') },
  { when: 'the first left, and failed later',            parts: [somePart('failed', { ...no, message_id: 'wamid.1' }), undefined], does: send(1) },
  { when: 'the second left before the first failed',     parts: [somePart('failed', no), somePart('sent')],                   does: end },
  { when: 'the second failed and the first goes again',  parts: [waiting(now), somePart('failed', no)],                   does: send(0) },
];

// biome-ignore format: a table reads by column
const waits: Case[] = [
  { when: 'its time has not come',                       parts: [waiting(now + 4_000)],                               does: wait(4_000) },
  { when: '1 ms is left',                                parts: [waiting(now + 1)],                                   does: wait(1) },
  { when: 'its time has come',                           parts: [waiting(now)],                                       does: send(0) },
  { when: 'its time came long ago',                      parts: [waiting(now - DAY)],                                 does: send(0) },
  { when: 'no time was named',                           parts: [somePart('waiting')],                                    does: send(0) },
  { when: 'it may wait exactly so long',                 parts: [waiting(now + 5_000)], more: { waitsUntil: now + 5_000 }, does: wait(5_000) },
  { when: 'it would wait 1 ms too long',                 parts: [waiting(now + 5_001)], more: { waitsUntil: now + 5_000 }, does: tooFast },
  { when: 'nothing may wait at all',                     parts: [waiting(now + 1)], more: { waitsUntil: now },        does: tooFast },
  { when: 'it waits past its end, without a word why',   parts: [somePart('waiting', { retry_at: now + 9 })], more: { waitsUntil: now }, does: stop(0, 'failed', '') },
  { when: 'the window closed meanwhile',                 parts: [waiting(now)], more: at(CLOSED), does: stop(0, 'refused', 'window-closed') },
  { when: 'the window closed, but its time has not come', parts: [waiting(now + 9)], more: at(CLOSED), does: wait(9) },
  { when: 'only the second waits',                       parts: [somePart('sent'), waiting(now + 7)],                     does: wait(7) },
];

// biome-ignore format: a table reads by column
const unknowns: Case[] = [
  { when: 'the request has just left',                   parts: [sending(0)],                                         does: wait(1_000) },
  { when: '19.999 s have passed',                        parts: [sending(19_999)],                                    does: wait(1) },
  { when: 'no status came in 20 s',                      parts: [sending(20_000)],                                    does: send(0) },
  { when: 'the second request is unknown as well',       parts: [sending(20_000, 2)],                                 does: unknown() },
  { when: 'the second is not 20 s old',                  parts: [sending(5_000, 2)],                                  does: wait(5_000) },
  { when: 'the channel would rather not send twice',     parts: [sending(20_000)], more: { unknownOutcome: 'report' }, does: unknown() },
  { when: 'it is the second part',                       parts: [somePart('read'), sending(20_000, 2)],                   does: unknown(1) },
  { when: 'the window closed before it could go again',  parts: [sending(20_000)], more: at(NEVER), does: stop(0, 'refused', 'never-wrote') },
  { when: 'the reply is refused, but may have left',     parts: [sending(0)], more: { refusal },                      does: wait(1_000) },
  { when: 'the channel was turned off, but it may have left', parts: [sending(0)], more: at({ channelActive: false }), does: wait(1_000) },
];

// biome-ignore format: a table reads by column
const routes: Case[] = [
  { when: 'the reply may not go at all',                 parts: [undefined], more: { refusal },                       does: { kind: 'stop', index: 0, status: 'refused', ...refusal } },
  { when: 'a refusal is named before the circumstances', parts: [undefined], more: { refusal, ...at({ channelActive: false }) }, does: stop(0, 'refused', 'reply-invalid') },
  { when: 'a refusal comes after everything has ended',  parts: [somePart('sent')], more: { refusal },                    does: end },
  { when: 'the channel is not active',                   parts: [undefined], more: at({ channelActive: false }),      does: stop(0, 'refused', 'channel-inactive') },
  { when: 'a person has the chat',                       parts: [undefined], more: at({ silenced: 'human' }),            does: stop(0, 'refused', 'chat-paused') },
  { when: 'it is held back for too long',                parts: [undefined], more: { holdMs: 11 * 60_000 * 60 },            does: stop(0, 'expired', 'expired') },
  { when: 'the visitor never wrote',                     parts: [undefined], more: at(NEVER),       does: stop(0, 'refused', 'never-wrote') },
  { when: 'its time is up',                              parts: [undefined], more: at({ validForSeconds: 10 }),       does: stop(0, 'expired', 'expired') },
  { when: 'the window closes between two parts',         parts: [somePart('sent'), undefined], more: at(CLOSED), does: stop(1, 'refused', 'window-closed') },
  { when: 'a template needs no window',                  parts: [undefined], more: { ...at(NEVER), needsWindow: () => false }, does: send(0) },
  { when: 'only the second part needs the window',       parts: [somePart('sent'), undefined], more: { ...at(NEVER), needsWindow: (index) => index === 1 }, does: stop(1, 'refused', 'never-wrote') },
  { when: 'only the first part needed the window',       parts: [somePart('sent'), undefined], more: { ...at(NEVER), needsWindow: (index) => index === 0 }, does: send(1) },
];

const parks = (index: number): Step => ({ kind: 'park', index, asks: true });
const released = somePart('waiting', { released_at: now - 1 });

// biome-ignore format: a table reads by column
const closed: Case[] = [
  { when: 'it is to be parked',                            parts: [undefined], more: at({ ...CLOSED, policy: parking }),   does: parks(0) },
  { when: 'the second of three is to be parked',           parts: [somePart('sent'), undefined, undefined], more: at({ ...CLOSED, policy: parking }), does: parks(1) },
  { when: 'it is parked, and the window is closed',        parts: [somePart('parked')], more: at({ ...CLOSED, policy: parking }), does: parks(0) },
  { when: 'it is parked, and the window is open',          parts: [somePart('parked')],                                 does: send(0) },
  { when: 'it is parked, and is to be refused by now',     parts: [somePart('parked')], more: at(CLOSED),               does: stop(0, 'refused', 'window-closed') },
  { when: 'it is parked, and a person has the chat',       parts: [somePart('parked')], more: at({ silenced: 'human' }),   does: stop(0, 'refused', 'chat-paused') },
  { when: 'it is parked, and its time is up',              parts: [somePart('parked')], more: at({ ...CLOSED, validForSeconds: 10 }), does: stop(0, 'expired', 'expired') },
  { when: 'it is parked, and the provider said no to it before', parts: [somePart('parked', { window_refuted: true })], does: send(0) },
  { when: 'it was released a moment ago',                  parts: [released],                                           does: send(0) },
  { when: 'a template is to go instead',                   parts: [undefined], more: at({ ...CLOSED, policy: { kind: 'template' } }), does: { kind: 'template', index: 0 } },
  { when: 'a template is to go instead of the rest',       parts: [somePart('read'), undefined], more: at({ ...CLOSED, policy: { kind: 'template' } }), does: { kind: 'template', index: 1 } },
  { when: 'a template was to go instead, a day ago',       parts: [somePart('waiting')], more: { ...at({ ...CLOSED, policy: { kind: 'template' } }), waitsUntil: now - DAY }, does: { kind: 'template', index: 0 } },
  { when: 'WhatsApp has refuted our record',               parts: [waiting(now)], more: at({ window: { last_inbound_at: now - 5, refuted_inbound_at: now - 5 }, policy: parking }), does: parks(0) },
  { when: 'it is a template the visitor wants no more of', parts: [undefined], more: { needsWindow: () => false, unwanted: () => true }, does: stop(0, 'refused', 'opted-out') },
  { when: 'only its second part is unwanted',              parts: [undefined, undefined], more: { needsWindow: () => false, unwanted: (index) => index === 1 }, does: send(0) },
];

const blocked = { reason: 'Pay the bill', lookAgainMs: 60_000 };
const givenUp = {
  kind: 'stop',
  index: 0,
  status: 'failed',
  code: 'channel-blocked',
  reason: 'Pay the bill',
};

// biome-ignore format: a table reads by column
const blocks: Case[] = [
  { when: 'the channel is blocked',                      parts: [undefined], more: { blocked },                       does: wait(60_000) },
  { when: 'it is blocked, and little time is left',      parts: [undefined], more: { blocked, waitsUntil: now + 7 },  does: wait(7) },
  { when: 'it is blocked, and the time is up',           parts: [undefined], more: { blocked, waitsUntil: now },      does: givenUp },
  { when: 'it is blocked, and another message went',     parts: [undefined], more: { blocked, holdMs: 9 },            does: wait(60_000) },
  { when: 'it is blocked, and the window is closed',     parts: [undefined], more: { blocked, ...at(CLOSED) },        does: stop(0, 'refused', 'window-closed') },
  { when: 'it is blocked, and the reply is over',        parts: [somePart('sent')], more: { blocked },                does: end },
  { when: 'it is blocked, and the request may have left', parts: [sending(0)], more: { blocked },                     does: wait(1_000) },
  { when: 'it is blocked, and the part waits longer',    parts: [waiting(now + 90_000)], more: { blocked },           does: wait(90_000) },
];

// biome-ignore format: a table reads by column
const holds: Case[] = [
  { when: 'another message went a moment ago',           parts: [undefined], more: { holdMs: 6_000 },                 does: wait(6_000) },
  { when: 'it has waited itself and is held back',       parts: [waiting(now)], more: { holdMs: 1 },                  does: wait(1) },
  { when: 'it waits itself, and longer',                 parts: [waiting(now + 9_000)], more: { holdMs: 1 },          does: wait(9_000) },
  { when: 'what may not go is not held back first',      parts: [undefined], more: { holdMs: 6_000, refusal },        does: stop(0, 'refused', 'reply-invalid') },
  { when: 'nothing is left to be held back',             parts: [somePart('sent')], more: { holdMs: 6_000 },              does: end },
];

const cases = [
  ...resumes,
  ...brokenOff,
  ...waits,
  ...unknowns,
  ...routes,
  ...closed,
  ...blocks,
  ...holds,
];

test.each(cases)('when $when', ({ parts, more, does }) => {
  expect(next(parts, more)).toEqual(does);
});

test('the table shows every step there is', () => {
  const steps = cases.map(({ parts, more }) => next(parts, more));
  expect(new Set(steps.map(({ kind }) => kind))).toEqual(
    new Set(['end', 'wait', 'send', 'stop', 'park', 'template']),
  );
  const stops = steps.flatMap((step) => (step.kind === 'stop' ? step.status : []));
  expect(new Set(stops)).toEqual(new Set(['refused', 'expired', 'failed']));
});

test.each(
  PART_STATUSES,
)('a reply whose only part is %s is over exactly when the part is', (status) => {
  expect(next([somePart(status)]).kind === 'end').toBe(isEnded(status));
});

test('whatever the delivery says, only the first open part is touched, and waits come to an end', () => {
  const anyPart = fc.option(
    fc.record({
      status: fc.constantFrom(...PART_STATUSES),
      agoMs: fc.integer({ min: -60_000, max: 60_000 }),
      attempts: fc.integer({ min: 1, max: 3 }),
    }),
    { nil: undefined },
  );
  fc.assert(
    fc.property(fc.array(anyPart, { minLength: 1, maxLength: 5 }), (some) => {
      const parts = some.map(
        (one) =>
          one &&
          somePart(one.status, {
            at: now - one.agoMs,
            retry_at: now - one.agoMs,
            attempts: one.attempts,
          }),
      );
      const step = next(parts);
      const firstOpen = parts.findIndex((one) => !one || !isEnded(one.status));
      if (step.kind === 'end') expect(firstOpen).toBe(-1);
      else expect(firstOpen).not.toBe(-1);
      if ('index' in step) expect(step.index).toBe(firstOpen);
      if (step.kind === 'wait') {
        expect(step.waitMs).toBeGreaterThan(0);
        expect(step.waitMs).toBeLessThanOrEqual(60_000);
      }
    }),
  );
});

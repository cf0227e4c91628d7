import { expect, test } from 'vitest';
import type { AfterRefusal, Part } from '../../../../shared/contract/delivery.ts';
import { afterLateFailure } from '../../../../shared/rules/delivery/late-failure.ts';
import { HAPPENED_AT, somePart } from '../../../support/some-delivery.ts';

const wayOut = { has_fallback: true } as const;

// biome-ignore format: a table reads by column
const cases: { when: string; part?: Partial<Part>; next: AfterRefusal; wrote?: number; does: object | null }[] = [
  { when: 'a file could not be fetched',          part: wayOut,                          next: 'media',     does: { as: 'fallback' } },
  { when: 'a file has no fallback',                                                      next: 'media',     does: null },
  { when: 'the fallback went already',            part: { ...wayOut, as: 'fallback' },   next: 'media',     does: null },
  { when: 'the second file fails as well',        part: { ...wayOut, round: 1 },    next: 'media',     does: null },
  { when: 'something was wrong for a moment',                                            next: 'retry',     does: {} },
  { when: 'the provider does not say what was wrong',                                    next: 'retry-few', does: {} },
  { when: 'a file failed for another reason',     part: wayOut,                          next: 'retry',     does: {} },
  { when: 'it was wrong the second time too',     part: { round: 1 },               next: 'retry',     does: null },
  { when: 'it will never go',                     part: wayOut,                          next: 'final',     does: null },
  { when: 'the account is blocked',               part: wayOut,                          next: 'account',   does: {} },
  { when: 'the account is blocked once more',     part: { round: 1 },               next: 'account',   does: null },
  { when: 'the window was closed',                part: wayOut,                          next: 'window',    does: { window: 'refuted' } },
  { when: 'the policy for that decided already',  part: { window_refuted: true, round: 1 }, next: 'window', does: null },
  { when: 'the window was called closed right after the visitor wrote', wrote: HAPPENED_AT - 1_000,       next: 'window',    does: { window: 'doubted' } },
  { when: 'it is called closed once more',        part: { window_doubted: true, round: 1 }, wrote: HAPPENED_AT, next: 'window', does: { window: 'refuted' } },
  { when: 'it is called closed a third time',     part: { window_doubted: true, round: 2 }, next: 'window', does: null },
  { when: 'its file failed before, and now the window', part: { ...wayOut, as: 'fallback', round: 1 }, next: 'window', does: { window: 'refuted' } },
  { when: 'the window was closed before, and now something else', part: { window_refuted: true, round: 1 }, next: 'retry', does: null },
  { when: 'a phone would be needed',                                                     next: 'phone-needed', does: null },
  { when: 'the outcome is unknown',                                                      next: 'unknown',   does: null },
];

test.each(cases)('when $when: $does', ({ part, next, wrote, does }) => {
  expect(afterLateFailure(somePart('failed', part), next, wrote ?? null)).toEqual(does);
});

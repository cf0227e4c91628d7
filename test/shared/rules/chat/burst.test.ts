import { expect, test } from 'vitest';
import type { Content } from '../../../../shared/contract/message.ts';
import { burstEndsAt, endsBurst } from '../../../../shared/rules/chat/burst.ts';

// biome-ignore format: a table reads by column
const cases = [
  { what: 'one message waits for the next',            firstAt: 0, newestAt: 0,     waitMs: 2_000,  maxMs: 10_000, is: { at: 2_000, isLast: false } },
  { what: 'each message waits anew',                   firstAt: 0, newestAt: 5_000, waitMs: 2_000,  maxMs: 10_000, is: { at: 7_000, isLast: false } },
  { what: 'but none beyond the end of the burst',      firstAt: 0, newestAt: 9_000, waitMs: 2_000,  maxMs: 10_000, is: { at: 10_000, isLast: true } },
  { what: 'at the very end it is the last',            firstAt: 0, newestAt: 8_000, waitMs: 2_000,  maxMs: 10_000, is: { at: 10_000, isLast: true } },
  { what: 'not even one that waits longer',            firstAt: 0, newestAt: 0,     waitMs: 20_000, maxMs: 10_000, is: { at: 10_000, isLast: true } },
];
test.each(cases)('$what', ({ is, ...burst }) => {
  const { firstAt, newestAt, waitMs, maxMs } = burst;
  expect(burstEndsAt({ firstAt, newestAt, waitMs, maxMs })).toEqual(is);
});

const option = { id: 'a', label: 'A' };
// biome-ignore format: a table reads by column
const contents: { content: Content; ends: boolean }[] = [
  { content: { kind: 'choice', option, via: 'tap' },    ends: true },
  { content: { kind: 'choice', option, via: 'number' }, ends: false },
  { content: { kind: 'form', name: 'f', answers: {} },  ends: true },
  { content: { kind: 'call_permission', response: 'accept' }, ends: true },
  { content: { kind: 'text' },                          ends: false },
  { content: { kind: 'image', file: { id: '1' } },      ends: false },
];
test.each(contents)('a $content.kind ends the wait: $ends', ({ content, ends }) => {
  expect(endsBurst(content)).toBe(ends);
});

import { expect, test } from 'vitest';
import { afterWindowRefusal } from '../../../../shared/rules/window/after-window-refusal.ts';

const left = Date.parse('2026-11-22T10:00:00Z');
const SOON = 60_000;
const doubted = { window_doubted: true } as const;
const refuted = { window_refuted: true } as const;

// biome-ignore format: a table reads by column
const cases: { when: string; part?: object; wrote: number | null; is: string }[] = [
  { when: 'the visitor wrote this instant',               wrote: left,                        is: 'doubt' },
  { when: 'the visitor wrote 59.999 s before it left',    wrote: left - SOON + 1,             is: 'doubt' },
  { when: 'the visitor wrote 60 s before it left',        wrote: left - SOON,                 is: 'refute' },
  { when: 'the visitor wrote hours ago',                  wrote: left - 3_600_000,            is: 'refute' },
  { when: 'the visitor has written since it left',        wrote: left + 5_000,                is: 'doubt' },
  { when: 'the visitor never wrote',                      wrote: null,                        is: 'refute' },
  { when: 'it is said a second time, soon',               part:       doubted, wrote: left,         is: 'refute' },
  { when: 'it is said a second time, later',              part:       doubted, wrote: left - SOON,  is: 'refute' },
  { when: 'the policy has decided, and the visitor has just written', part: refuted, wrote: left,   is: 'doubt' },
  { when: 'the policy has decided, later',                part:       refuted, wrote: left - SOON,  is: 'final' },
  { when: 'it was doubted, and then decided',             part:       { ...doubted, ...refuted }, wrote: left, is: 'final' },
];

test.each(cases)('WhatsApp says "closed" when $when: $is', ({ part = {}, wrote, is }) => {
  expect(afterWindowRefusal(part, { lastInboundAt: wrote, leftAt: left })).toBe(is);
});

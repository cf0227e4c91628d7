import { expect, test } from 'vitest';
import type { Part } from '../../../../shared/contract/delivery.ts';
import { whenPutOff } from '../../../../shared/rules/delivery/next-step.ts';
import { HAPPENED_AT, somePart } from '../../../support/some-delivery.ts';

const now = HAPPENED_AT;
const waitMs = 3_000;
/** How soon a status is looked for again. */
const LOOK_MS = 1_000;
const sending = (agoMs: number) => somePart('sending', { at: now - agoMs, attempts: 1 });
const wait = (ms: number) => ({ kind: 'wait', waitMs: ms });
const stop = (code: string) => expect.objectContaining({ kind: 'stop', code });

// biome-ignore format: a table reads by column
const rows: { what: string; part: Part | null; waitsUntil: number; unknownOutcome?: 'resend' | 'report'; ends: unknown }[] = [
  { what: 'a part that may wait just as long waits',      part: null,            waitsUntil: now + waitMs,     ends: wait(waitMs) },
  { what: 'one that would be too old by then has ended',  part: null,            waitsUntil: now + waitMs - 1, ends: stop('expired') },
  { what: 'one that left just now waits for a status',    part: sending(0),      waitsUntil: now,              ends: wait(LOOK_MS) },
  { what: 'one without a status waits just as long',      part: sending(20_000), waitsUntil: now + waitMs,     ends: wait(waitMs) },
  { what: 'one without a status would be too old',        part: sending(20_000), waitsUntil: now + waitMs - 1, ends: stop('outcome-unknown') },
  { what: 'one whose channel wants no second try ends',   part: sending(20_000), waitsUntil: now + waitMs, unknownOutcome: 'report', ends: stop('outcome-unknown') },
];

test.each(rows)('put off, $what', ({ part, waitsUntil, unknownOutcome = 'resend', ends }) => {
  const parts: Record<string, Part> = part ? { 0: part } : {};
  const situation = { parts, unknownOutcome, waitsUntil, now };
  expect(whenPutOff(situation, { index: 0, waitMs })).toEqual(ends);
});

import { expect, test } from 'vitest';
import type { CallMarks } from '../../../../shared/contract/call-marks.ts';
import {
  callPassage,
  hasWaitedTooLong,
  isAgentGivenUp,
  type Passage,
  slotsOfOneChannel,
  slowUntil,
  waitForFarSide,
  waitForSlot,
} from '../../../../shared/rules/channel/call-passage.ts';

const NOW = 1_000_000;

// biome-ignore format: a table reads by column
const passages: { when: string; marks: CallMarks; is: Passage }[] = [
  { when: 'nothing is wrong',                          marks: {},                                                        is: { kind: 'call', needsSlot: false } },
  { when: 'the agent was slow lately',                 marks: { agent_slow_until: NOW + 1 },                             is: { kind: 'call', needsSlot: true } },
  { when: 'it was slow a while ago',                   marks: { agent_slow_until: NOW },                                 is: { kind: 'call', needsSlot: false } },
  { when: 'only the provider is slow',                 marks: { provider_slow_until: NOW + 1 },                          is: { kind: 'call', needsSlot: false } },
  { when: 'four calls in a row have failed',           marks: { agent_failures: 4 },                                     is: { kind: 'call', needsSlot: false } },
  { when: 'five have, and nobody has set a time yet',  marks: { agent_failures: 5 },                                     is: { kind: 'call', needsSlot: false } },
  { when: 'five have, before the time of the next',    marks: { agent_failures: 5, agent_single_call_at: NOW + 700 },          is: { kind: 'wait', waitMs: 700 } },
  { when: 'five have, and the time has come',          marks: { agent_failures: 5, agent_single_call_at: NOW },                is: { kind: 'single' } },
  { when: 'five of the provider’s have',               marks: { provider_failures: 5, provider_single_call_at: NOW + 700 },    is: { kind: 'call', needsSlot: false } },
];

test.each(passages)('a call to the agent when $when', ({ marks, is }) => {
  expect(callPassage(marks, 'agent', NOW)).toEqual(is);
});

// biome-ignore format: a table reads by column
const givenUp = [
  { when: 'both are old enough',                    failingFor: 270_001,   jobFor: 270_001, is: true },
  { when: 'the agent has failed for less',          failingFor: 270_000,   jobFor: 900_000, is: false },
  { when: 'the job came later',                     failingFor: 900_000,   jobFor: 270_000, is: false },
  { when: 'it is not known since when it fails',    failingFor: undefined, jobFor: 900_000, is: false },
];

test.each(givenUp)('whether a failing agent is waited for no longer, when $when: $is', ({
  failingFor,
  jobFor,
  is,
}) => {
  const marks = failingFor === undefined ? {} : { agent_failing_since: NOW - failingFor };
  expect(isAgentGivenUp(marks, NOW - jobFor, NOW)).toBe(is);
});

test('a slow channel is marked for a minute, again when half of it is over', () => {
  expect(slowUntil({}, 'agent', NOW)).toBe(NOW + 60_000);
  expect(slowUntil({ agent_slow_until: NOW + 30_001 }, 'agent', NOW)).toBeNull();
  expect(slowUntil({ agent_slow_until: NOW + 30_000 }, 'agent', NOW)).toBe(NOW + 60_000);
});

test('one channel may hold all slots but one, never none, and never more than forty', () => {
  expect([1, 2, 3, 10, 41, 1_000].map(slotsOfOneChannel)).toEqual([1, 1, 2, 9, 40, 40]);
});

test('a job that is sent back for want of a slot waits longer each time, never much over ten seconds', () => {
  expect([1, 2, 3, 4, 50].map((receives) => waitForSlot(receives, 0))).toEqual([
    2_000, 4_000, 8_000, 10_000, 10_000,
  ]);
  expect(waitForSlot(1, 1)).toBe(3_000);
  expect(waitForSlot(50, 1)).toBe(15_000);
});

test('one whose far side fails waits as long as is asked at least, and never much over a minute', () => {
  expect([1, 2, 3, 5, 6, 50].map((receives) => waitForFarSide(0, receives, 0))).toEqual([
    2_000, 4_000, 8_000, 32_000, 60_000, 60_000,
  ]);
  expect(waitForFarSide(9_000, 1, 0)).toBe(9_000);
  expect(waitForFarSide(0, 50, 1)).toBe(90_000);
});

// biome-ignore format: a table reads by column
const patience = [
  { when: 'it came an hour ago, and often',    jobFor: 3_600_001, receives: 100, is: true },
  { when: 'it came less than an hour ago',     jobFor: 3_600_000, receives: 500, is: false },
  { when: 'it waited for other things before', jobFor: 9_000_000, receives: 99,  is: false },
];

test.each(patience)('whether a job stops waiting for a slot, when $when: $is', ({
  jobFor,
  receives,
  is,
}) => {
  const receipt = { receives, firstReceivedAt: NOW - jobFor };
  expect(hasWaitedTooLong(receipt, NOW)).toBe(is);
});

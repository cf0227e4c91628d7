import { expect, test } from 'vitest';
import { mayTryAgain } from '../../../../shared/rules/channel/may-try-again.ts';

const impaired = (state: string) => ({ kind: 'impaired' as const, state, causes: [] });
const refused = (status: number) => ({ kind: 'refused' as const, status, words: null });

// biome-ignore format: a table reads by column
const cases: { when: string; health: Parameters<typeof mayTryAgain>[0]; may: boolean }[] = [
  { when: 'the number is healthy',                    health: { kind: 'healthy' },                              may: true },
  { when: 'the host has no such call',                health: { kind: 'unknown' },                              may: true },
  { when: 'the number sends within limits',           health: impaired('LIMITED'),                              may: true },
  { when: 'the number is blocked',                    health: impaired('BLOCKED'),                              may: false },
  { when: 'the old API is not connected',             health: impaired('disconnected'),                         may: false },
  { when: 'the key is bad',                           health: refused(401),                                     may: false },
  { when: 'the key may not',                          health: refused(403),                                     may: false },
  { when: 'we ask too often',                         health: refused(429),                                     may: false },
  { when: 'the call itself is refused',               health: refused(400),                                     may: true },
  { when: 'the provider does not answer',             health: { kind: 'unreachable', reason: 'timeout' },       may: false },
];

test.each(cases)('when $when: $may', ({ health, may }) => {
  expect(mayTryAgain(health)).toBe(may);
});

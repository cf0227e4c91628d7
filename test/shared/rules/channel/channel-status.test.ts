import { expect, test } from 'vitest';
import type { CallMarks } from '../../../../shared/contract/call-marks.ts';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { channelStatus } from '../../../../shared/rules/channel/channel-status.ts';

const SINCE = Date.parse('2026-11-22T10:00:00Z');
const since = '2026-11-22T10:00:00.000Z';

// biome-ignore format: a table reads by column
const marks: { when: string; marks: CallMarks; waits: unknown }[] = [
  { when: 'nothing fails',              marks: {},                                                     waits: null },
  { when: 'the agent fails',            marks: { agent_failures: 1, agent_failing_since: SINCE },      waits: { for: 'agent', since, failures: 1 } },
  { when: 'the provider fails',         marks: { provider_failures: 4, provider_failing_since: SINCE }, waits: { for: 'provider', since, failures: 4 } },
  { when: 'both fail',                  marks: { agent_failures: 2, agent_failing_since: SINCE, provider_failures: 4, provider_failing_since: SINCE }, waits: { for: 'agent', since, failures: 2 } },
  { when: 'the agent answers again',    marks: { agent_failures: 0, agent_failing_since: SINCE },      waits: null },
  { when: 'it is not known since when', marks: { agent_failures: 2 },                                  waits: null },
];

test.each(marks)('where $when a channel’s line says what it waits for', ({ marks, waits }) => {
  const channel = { id: 'ch_1', title: 'Support', active: true, ...marks } as Channel;
  const lastSeen = { last_inbound_at: null, last_status_at: null };
  const letters = { count: 0, more: false };
  expect(channelStatus(channel, { lastSeen, letters }).waiting).toEqual(waits);
});

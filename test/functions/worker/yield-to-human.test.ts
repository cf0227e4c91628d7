import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerDeps } from '../../../functions/worker/deps.ts';
import { yieldToHuman } from '../../../functions/worker/yield-to-human.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { recordInbound } from '../../../shared/store/chat/record-inbound.ts';
import { chatKey } from '../../../shared/store/keys.ts';
import { updateItem } from '../../../shared/store/table.ts';
import { firstJobsGate } from '../../support/call-gate.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';
import { useTable } from '../../support/table.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const table = useTable();
const secrets = { agent_secret: 'whsec_AAAA', previous_agent_secret: null, agent_headers: {} };
let agent: AgentDouble;
beforeAll(async () => {
  agent = await startAgentDouble();
});
afterAll(() => agent.stop());

let met = 0;

/**
 * A person answers a visitor from the app, so many milliseconds ago by the clock of WhatsApp. `wrote`: when the
 * visitor wrote, each as its field of the chat has it.
 */
async function answersFromApp({
  wrote,
  sentMsAgo,
}: {
  wrote: Record<string, number>;
  sentMsAgo: number;
}) {
  met += 1;
  const phone = `4917150010${String(met).padStart(2, '0')}`;
  const chatId = randomBytes(20).toString('hex');
  const channel = {
    id: `ch_${met}`,
    title: 'Support',
    secret_version: 1,
    agent: { kind: 'http', url: agent.url, timeout_ms: 2_000, events: null },
    options: parse(channelOptionsSchema, {}),
  } as unknown as Channel;
  const names = { phone, bsuid: null, username: null, name: 'Anna' };
  const place = { channelId: channel.id, chatId, eventId: 'evt_1', now: NOW };
  await recordInbound(table, { ...place, ...names, inboundAt: NOW - 3_600_000 });
  for (const [field, at] of Object.entries(wrote)) {
    await updateItem(table, chatKey(channel.id, chatId), {
      update: 'SET #field = :at',
      names: { '#field': field },
      values: { ':at': at },
    });
  }
  const deps = {
    ...{ table, secrets: { read: async () => secrets }, reach: 'local', now: () => NOW },
    ...{ gate: firstJobsGate(table, () => NOW), newChatId: () => chatId },
  };
  const message = {
    ...{ id: `wamid.${met}`, to: { phone, bsuid: null, username: null } },
    ...{ sent_at: NOW - sentMsAgo, text: 'I am here', type: 'text' },
  };
  const item = { kind: 'human-message', message };
  const job = { channel_id: channel.id, received_at: NOW, item } as Parameters<
    typeof yieldToHuman
  >[2];
  await yieldToHuman(deps as unknown as WorkerDeps, channel, job);
  const row = await table.look(chatKey(channel.id, chatId));
  return row?.paused_until ?? null;
}

const HOUR_MS = 3_600_000;
const SENT = 60_000;
const pausedUntil = NOW - SENT + HOUR_MS;
const justBefore = NOW - SENT - 1_000;

// biome-ignore format: a table reads by column
test.each([
  { when: 'the visitor wrote an hour before',                    wrote: {},                                                      until: NOW - SENT + HOUR_MS },
  { when: 'the visitor wrote right before: it is the auto-reply', wrote: { last_inbound_at: justBefore },                        until: null },
  { when: 'the visitor has written once more since',             wrote: { last_inbound_at: NOW, inbound_before: justBefore },    until: null },
  { when: 'the visitor has written twice more since',            wrote: { last_inbound_at: NOW, inbound_before: NOW - 1, inbound_earlier: justBefore }, until: null },
  { when: 'each of the three was longer before or after',        wrote: { last_inbound_at: NOW, inbound_before: NOW - 1, inbound_earlier: NOW - 9e6 },  until: pausedUntil },
])('when a person answers from the app and $when, the chat is paused until $until', async ({ wrote, until }) => {
  expect(await answersFromApp({ wrote: wrote as Record<string, number>, sentMsAgo: SENT })).toBe(until);
});

test('an echo with a time in the future counts from its receipt', async () => {
  expect(await answersFromApp({ wrote: {}, sentMsAgo: -HOUR_MS })).toBe(NOW + HOUR_MS);
});

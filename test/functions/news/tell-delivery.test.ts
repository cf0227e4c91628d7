import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewsDeps } from '../../../functions/news/deps.ts';
import { tellDelivery } from '../../../functions/news/tell-delivery.ts';
import { json } from '../../../infra/local/http/serve.ts';
import type { CallMarks } from '../../../shared/contract/call-marks.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { deliveryNews } from '../../../shared/rules/delivery/delivery-news.ts';
import { recordInbound } from '../../../shared/store/chat/record-inbound.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import { firstJobsGate } from '../../support/call-gate.ts';
import { keepLog } from '../../support/keep-log.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';
import { HAPPENED_AT, someDelivery, somePart } from '../../support/some-delivery.ts';
import { useTable } from '../../support/table.ts';

const table = useTable({ readsBehindMs: 60_000 });
const logged = keepLog();
let agent: AgentDouble;
beforeAll(async () => {
  agent = await startAgentDouble();
});
afterAll(() => agent.stop());

const options = parse(channelOptionsSchema, {});
const secrets = { agent_secret: 'whsec_AAAA', previous_agent_secret: null, agent_headers: {} };

/** Tells the agent that the reply of a visitor's chat was refused. Returns what the agent has heard. */
async function tellRefused(chatId: string, marks: CallMarks = {}): Promise<unknown[]> {
  const heard = agent.requests.length;
  const part = somePart('refused', { code: 'reply-invalid', reason: 'No.' });
  const delivery = someDelivery([part], { chat_id: chatId });
  await insertDelivery(table, delivery, HAPPENED_AT);
  const asked = { kind: 'http', url: agent.url, timeout_ms: 2_000, events: null };
  const row = { id: 'ch_1', secret_version: 1, options, agent: asked, ...marks };
  const channel = row as unknown as Channel;
  const read = async () => secrets;
  const now = () => HAPPENED_AT;
  const gate = firstJobsGate(table, now);
  const deps = { table, secrets: { read }, reach: 'local', now, gate };
  const news = deliveryNews(delivery, 0, 'refused', part);
  await tellDelivery(deps as unknown as NewsDeps, { channel, chatId, news });
  return agent.requests.slice(heard).map(({ event }) => 'delivery' in event && event.delivery.code);
}

test('the agent is told of a reply though a cheap read does not know its chat yet', async () => {
  const names = { phone: '491713920042', bsuid: null, username: null, name: 'Anna' };
  const place = { channelId: 'ch_1', chatId: 'c1', eventId: 'evt_1', now: HAPPENED_AT };
  await recordInbound(table, { ...place, ...names, inboundAt: HAPPENED_AT });
  expect(await tellRefused('c1')).toEqual(['reply-invalid']);
  const heard = { event: 'delivery', chat_id: 'c1', status: 'refused', part: 0, attempt: 1 };
  expect(logged()).toContain(JSON.stringify(['event-heard', heard]));
});

test('an event that the agent does not take is logged with what it answered, and of which chat it was', async () => {
  const names = { phone: '491713920043', bsuid: null, username: null, name: 'Anna' };
  const place = { channelId: 'ch_1', chatId: 'c3', eventId: 'evt_3', now: HAPPENED_AT };
  await recordInbound(table, { ...place, ...names, inboundAt: HAPPENED_AT });
  agent.next(json(503, {}), { status: 404 });
  expect(await tellRefused('c3')).toEqual(['reply-invalid', 'reply-invalid']);
  const about = { event: 'delivery', chat_id: 'c3', status: 'refused', part: 0 };
  const unheard = {
    channel_id: 'ch_1',
    ...about,
    reason: 'HTTP 404, the agent has nothing at this address',
  };
  expect(logged()).toContain(JSON.stringify(['event-unheard', unheard]));
});

test('an event that waits for an agent that fails is logged with how long', async () => {
  const names = { phone: '491713920044', bsuid: null, username: null, name: 'Anna' };
  const place = { channelId: 'ch_1', chatId: 'c4', eventId: 'evt_4', now: HAPPENED_AT };
  await recordInbound(table, { ...place, ...names, inboundAt: HAPPENED_AT });
  const failing = { agent_failures: 5, agent_single_call_at: HAPPENED_AT + 7_000 };
  expect(await tellRefused('c4', failing)).toEqual([]);
  const about = { event: 'delivery', chat_id: 'c4', status: 'refused', part: 0 };
  expect(logged()).toContain(JSON.stringify(['event-put-off', { ...about, wait_ms: 7_000 }]));
});

test('of a reply of an erased chat nothing is told', async () => {
  const before = logged();
  expect(await tellRefused('c2')).toEqual([]);
  expect(logged()).toBe(before);
});

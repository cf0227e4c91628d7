import { afterAll, beforeAll, expect, test } from 'vitest';
import { json } from '../../infra/local/http/serve.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { createChannel } from '../support/create-channel.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { meetVisitor } from '../support/journey-visitor.ts';
import { queueClient } from '../support/runtime-queue.ts';
import { until } from '../support/runtime-until.ts';
import { cloudText } from '../support/webhook-bodies.ts';

const THOUSANDS = 2_000;
const HEALTHY_KEY = 'journey-key-0002';

let journey: Journey;
beforeAll(async () => {
  // As deployed: a blocked channel is looked at once a minute.
  journey = await startJourney({ tuning: { probeIntervalMs: 60_000 } });
});
afterAll(() => journey.stop());

test('thousands of replies of a blocked channel cost few reads, and another channel’s reply goes before they have been looked at twice', async () => {
  const { runtime, provider } = journey;
  provider.onRequest(({ path, body, key }) =>
    path.endsWith('/messages') && key !== HEALTHY_KEY && 'to' in Object(body)
      ? json(400, { error: { message: 'Pay the bill', code: 131042 } })
      : undefined,
  );
  const blocked = meetVisitor(journey);
  await blocked.prompts('Hello');
  await runtime.logged(({ message }) => message === 'channel-blocked');

  const healthy = await createChannel(runtime.url, {
    token: HEALTHY_KEY,
    agent: { url: journey.agent.url },
    options: { typing_indicator: 'off' },
  });
  const secret = provider.account(HEALTHY_KEY).webhook?.headers['x-webhook-secret'] ?? '';
  const cost = { reads: 0, putOff: 0 };
  runtime.intercept(({ caller, operation, moment }) => {
    if (caller !== 'send' || moment !== 'before') return;
    if (operation === 'GetItem') cost.reads += 1;
    if (operation === 'ChangeMessageVisibility') cost.putOff += 1;
  });
  await fillOutbound(await chatOf(journey.channel.id));
  journey.agent.answerWith(() => ({ replies: ['Here I am'] }));
  const said = await fetch(healthy.webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
    body: JSON.stringify(cloudText({ phone: '491719999999', text: 'Hi', id: 'wamid.healthy' })),
  });
  expect(said.status).toBe(200);
  await until(() => journey.received('491719999999').length > 0, {
    what: 'the reply of the other channel',
    timeoutMs: 60_000,
  });

  expect(journey.received('491719999999').map(({ request }) => request.text)).toEqual([
    'Here I am',
  ]);
  expect(cost.putOff).toBeLessThan(2 * THOUSANDS);
  // A look at a reply that waits reads its channel and its chat: here it would be 4000 reads.
  expect(cost.reads).toBeLessThan(THOUSANDS / 10);
  expect(blocked.texts()).toEqual([]);
});

const chatOf = async (channelId: string): Promise<string> =>
  String((await journey.items(`CHAT#${channelId}`))[0]?.id);

/** Replies of the blocked channel, each of them a group: as if of as many chats. */
async function fillOutbound(chatId: string): Promise<void> {
  const { endpoints, queueUrls } = journey.runtime.aws;
  const queue = queueClient(endpoints.sqs);
  const acceptedAt = Date.now();
  const jobs = Array.from({ length: THOUSANDS }, (_, at) => ({
    group: `chat-${at}`,
    body: {
      kind: 'reply',
      channel_id: journey.channel.id,
      chat_id: chatId,
      reply_id: `rep_${at}`,
      event_id: null,
      turn_id: `evt_${at}`,
      index: 0,
      accepted_at: acceptedAt,
      automatic: true,
      reply: 'Still there?',
    } satisfies ReplyJob,
  }));
  for (let at = 0; at < THOUSANDS; at += 10) {
    await queue.send(queueUrls.outbound, ...jobs.slice(at, at + 10));
  }
  queue.client.destroy();
}

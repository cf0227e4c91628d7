import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { until } from '../support/runtime-until.ts';
import { bsuidOf, cloudChange, cloudText } from '../support/webhook-bodies.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

const echo = (to: string, id: string, sentAt: number) =>
  cloudChange('smb_message_echoes', {
    message_echoes: [
      {
        from: '493023125100',
        to,
        to_user_id: bsuidOf(to),
        id,
        timestamp: String(Math.floor(sentAt / 1000)),
        type: 'text',
        text: { body: 'Hello, this is Jörg from the shop.' },
      },
    ],
  });
const handovers = (phone: string) =>
  journey.agent.requests.filter(
    ({ event }) => 'handover' in event && event.context.channel_visitor_phone === phone,
  );
const turns = (phone: string) =>
  journey.agent
    .turns()
    .filter(({ event }) => 'message' in event && event.context.channel_visitor_phone === phone);

test('when a person answers from the app the agent is told, is paused, and hears later how much it missed', async () => {
  const phone = '491750000001';
  const startedAt = Date.now() - 120_000;
  await journey.post(cloudText({ phone, text: 'help', id: 'wamid.co-1', sentAt: startedAt }));
  await journey.runtime.idle();
  await journey.post(echo(phone, 'wamid.co-echo-1', startedAt + 60_000));
  const told = await until(() => handovers(phone)[0]);
  expect(told.event).toMatchObject({
    handover: {
      by: 'human',
      until: new Date(Math.floor((startedAt + 60_000) / 1000) * 1000 + 3_600_000).toISOString(),
    },
  });

  await journey.post(cloudText({ phone, text: 'thanks', id: 'wamid.co-2' }));
  await journey.post(cloudText({ phone, text: 'bye', id: 'wamid.co-3' }));
  await journey.runtime.idle();
  expect(turns(phone)).toHaveLength(1);
  expect(journey.received(phone)).toHaveLength(1);

  // The provider repeats the echo, and the agent is told once.
  await journey.post(echo(phone, 'wamid.co-echo-1', startedAt + 60_000));
  await journey.runtime.idle();
  expect(handovers(phone)).toHaveLength(1);

  const chat = (await journey.items('CHAT#')).find((item) => item.phone === phone);
  expect(chat).toMatchObject({ missed: 2 });
});

test('after the pause the next turn says how many messages the agent missed, and the one after says none', async () => {
  const phone = '491750000002';
  const longAgo = Math.ceil((Date.now() - 3_600_000 + 3_000) / 1_000) * 1_000; // as an echo tells it
  await journey.post(
    cloudText({ phone, text: 'help', id: 'wamid.co-4', sentAt: longAgo - 60_000 }),
  );
  await journey.runtime.idle();
  await journey.post(echo(phone, 'wamid.co-echo-2', longAgo));
  await until(() => handovers(phone)[0]);
  await journey.post(cloudText({ phone, text: 'still there?', id: 'wamid.co-5' }));
  await journey.runtime.idle();
  const { paused_until: until_ } =
    (await journey.items('CHAT#')).find((item) => item.phone === phone) ?? {};
  await until(() => Date.now() > Number(until_), { timeoutMs: 6_000 });

  for (const id of ['wamid.co-6', 'wamid.co-7']) {
    await journey.post(cloudText({ phone, text: 'hello?', id }));
    await journey.runtime.idle();
  }
  const missed = turns(phone).map(({ event }) => 'chat' in event && event.chat.missed);
  expect(missed).toEqual([undefined, 1, undefined]);
});

test('the app’s own automatic reply, within five seconds of a message, does not pause the agent', async () => {
  const phone = '491750000003';
  const sentAt = Date.now() - 10_000;
  await journey.post(cloudText({ phone, text: 'hi', id: 'wamid.co-8', sentAt }));
  await journey.runtime.idle();
  await journey.post(echo(phone, 'wamid.co-echo-3', sentAt + 2_000));
  await journey.post(cloudText({ phone, text: 'hi again', id: 'wamid.co-9' }));
  await journey.runtime.idle();
  expect(handovers(phone)).toEqual([]);
  expect(turns(phone)).toHaveLength(2);
});

test('a reply that is in the queue when the person answers is refused, and the agent is told', async () => {
  const phone = '491750000004';
  const sentAt = Date.now() - 60_000;
  await journey.post(cloudText({ phone, text: 'hi', id: 'wamid.co-10', sentAt }));
  await journey.runtime.idle();
  // The provider holds up the first reply, and meanwhile the person answers.
  journey.provider.failNext(1, { status: 429, headers: { 'retry-after': '3' }, body: '' });
  await journey.post(
    cloudText({ phone, text: 'and?', id: 'wamid.co-11', sentAt: sentAt + 10_000 }),
  );
  await until(() => turns(phone).length === 2);
  await journey.post(echo(phone, 'wamid.co-echo-4', sentAt + 30_000));
  await journey.runtime.idle();
  expect(journey.received(phone).map(({ request }) => request.text)).toEqual(['You said: hi']);
  const refused = journey.agent.requests.flatMap(({ event }) =>
    'delivery' in event ? [event.delivery] : [],
  );
  expect(refused).toContainEqual(
    expect.objectContaining({ status: 'refused', code: 'chat-paused' }),
  );
});

test('webhooks of history and app state pause no chat, ask no agent and open no window', async () => {
  const asked = journey.agent.requests.length;
  const threads = [
    {
      id: '491750000005',
      messages: [
        {
          from: '491750000005',
          id: 'wamid.h',
          timestamp: '1791200060',
          type: 'text',
          text: { body: 'old' },
        },
      ],
    },
  ];
  await journey.post(
    cloudChange('history', {
      history: [{ metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads }],
    }),
  );
  await journey.post(
    cloudChange('smb_app_state_sync', {
      state_sync: [
        {
          type: 'contact',
          contact: { full_name: 'Anna', phone_number: '491750000005' },
          action: 'add',
        },
      ],
    }),
  );
  await journey.runtime.idle();
  expect(journey.agent.requests).toHaveLength(asked);
  expect((await journey.items('CHAT#')).filter((item) => item.phone === '491750000005')).toEqual(
    [],
  );
});

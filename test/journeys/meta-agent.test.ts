import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';
import { cloudChange, cloudText } from '../support/webhook-bodies.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney();
  client = await openClient(journey);
});
afterAll(() => journey.stop());

type HandoverEvent = Extract<AgentEvent, { handover: unknown }>;
const handoversOf = ({ phone }: JourneyVisitor) =>
  journey.agent.requests.flatMap(({ event }): HandoverEvent[] =>
    'handover' in event && event.context.channel_visitor_phone === phone ? [event] : [],
  );
const chatOf = async ({ phone }: JourneyVisitor) =>
  (await journey.items('CHAT#')).find((item) => item.phone === phone) ?? {};

let told = 0;
const now = () => Math.floor(Date.now() / 1000) * 1000;
/** A copy of what the visitor says while Meta's agent has the conversation. */
async function saysToMeta({ phone }: JourneyVisitor, sentAt = now(), more: object = {}) {
  told += 1;
  const said = cloudText({ phone, text: 'hello', id: `wamid.${phone}.meta-${told}`, sentAt });
  const { contacts, messages } = said.entry[0]?.changes[0]?.value as Record<string, unknown>;
  await journey.post(cloudChange('standby', { standby: { contacts, messages }, ...more }));
  await journey.runtime.idle();
}
async function says(visitor: JourneyVisitor, sentAt = now()) {
  told += 1;
  const id = `wamid.${visitor.phone}.own-${told}`;
  await journey.post(cloudText({ phone: visitor.phone, text: 'hello', id, sentAt }));
  await journey.runtime.idle();
}
/** A handover as it is seen: without `metadata`, the visitor named by the phone alone. */
const handover = ({ phone }: JourneyVisitor, type: string, at: number) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '245013377890121',
      changes: [
        {
          field: 'messaging_handovers',
          value: {
            messaging_product: 'whatsapp',
            recipient: { phone_number_id: '118820345671209' },
            sender: { phone_number: phone },
            timestamp: String(Math.floor(at / 1000)),
            type,
            [type]: { metadata: '' },
          },
        },
      ],
    },
  ],
});
async function handsOver(visitor: JourneyVisitor, type: string, at = now()) {
  await journey.post(handover(visitor, type, at));
  await journey.runtime.idle();
}

test('while Meta’s own agent has the conversation ours is not asked, is told once, and hears later how much it missed', async () => {
  const visitor = meetVisitor(journey);
  await saysToMeta(visitor, now() - 30_000);
  await saysToMeta(visitor, now() - 20_000, { metadata: undefined });
  expect(visitor.turns()).toEqual([]);
  expect(visitor.bodies()).toEqual([]);
  expect(handoversOf(visitor)).toMatchObject([
    {
      handover: { by: 'meta' },
      chat: { held_by: 'meta', paused_until: null, window: { open: true } },
    },
  ]);
  expect(handoversOf(visitor)[0]?.handover).not.toHaveProperty('until');
  const chat = await chatOf(visitor);
  const shown = await client.ask('GET', `/chats/${chat.id}`);
  expect(shown.body).toMatchObject({ held_by: 'meta', window: { open: true } });

  // A release sends no event: that the next message is ours says it.
  await says(visitor);
  expect(visitor.turns()).toMatchObject([{ chat: { missed: 2 } }]);
  expect(visitor.turns()[0]?.chat).not.toHaveProperty('held_by');
  await says(visitor);
  expect(visitor.turns()).toHaveLength(2);
  expect(handoversOf(visitor)).toHaveLength(1);
  expect(await chatOf(visitor)).toMatchObject({ control: { holder: 'us' }, missed: 0 });
});

test('a handover takes the conversation from us and gives it back, each told once however often it is repeated', async () => {
  const visitor = meetVisitor(journey);
  await says(visitor, now() - 60_000);
  const takenAt = now() - 50_000;
  await handsOver(visitor, 'control_taken', takenAt);
  await handsOver(visitor, 'control_taken', takenAt);
  expect(handoversOf(visitor)).toMatchObject([{ handover: { by: 'meta' } }]);

  const passedAt = now() - 40_000;
  await handsOver(visitor, 'control_passed', passedAt);
  await handsOver(visitor, 'control_passed', passedAt);
  await handsOver(visitor, 'control_taken', takenAt);
  expect(handoversOf(visitor)).toHaveLength(2);
  const until = new Date(passedAt).toISOString();
  expect(handoversOf(visitor)[1]?.handover).toEqual({ by: 'meta', until });
  expect(handoversOf(visitor)[1]?.chat).not.toHaveProperty('held_by');
  await says(visitor);
  expect(visitor.turns()).toHaveLength(2);
  expect(handoversOf(visitor)).toHaveLength(2);
});

test('a copy that comes late, after a newer message of ours, pauses nothing, and is not asked about', async () => {
  const visitor = meetVisitor(journey);
  await says(visitor, now() - 10_000);
  await saysToMeta(visitor, now() - 60_000);
  await handsOver(visitor, 'control_taken', now() - 40_000);
  expect(handoversOf(visitor)).toEqual([]);
  await says(visitor);
  expect(visitor.turns().map(({ chat }) => chat.missed)).toEqual([undefined, 1]);
});

test('a message of ours that comes late, after a newer copy, does not end the hold', async () => {
  const visitor = meetVisitor(journey);
  await saysToMeta(visitor, now() - 10_000);
  await says(visitor, now() - 60_000);
  expect(visitor.turns()).toEqual([]);
  expect(await chatOf(visitor)).toMatchObject({ control: { holder: 'meta' }, missed: 2 });
});

test('an automatic reply on its way is refused while Meta’s agent has the conversation, what is asked for at an endpoint goes', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello.');
  const chatId = String((await chatOf(visitor)).id);
  journey.provider.failNext(1, { status: 429, headers: { 'retry-after': '3' }, body: '' });
  await visitor.prompts('Too late.');
  await until(() => visitor.turns().length === 2);
  await saysToMeta(visitor, now() + 2_000);
  expect(visitor.texts()).toEqual(['Hello.']);
  expect(visitor.news()).toContainEqual(
    expect.objectContaining({
      status: 'refused',
      code: 'chat-paused',
      reason: expect.stringContaining('Meta'),
    }),
  );
  await client.send({ chat_id: chatId }, ['On purpose.']);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['Hello.', 'On purpose.']);
});

test('neither the end of a person’s pause nor resume ends the hold, and the end of the hold ends no pause', async () => {
  const visitor = meetVisitor(journey);
  await saysToMeta(visitor, now() - 20_000);
  const chatId = String((await chatOf(visitor)).id);
  await client.ask('POST', `/chats/${chatId}/pause`, { minutes: 5 });
  const resumed = await client.ask('POST', `/chats/${chatId}/resume`);
  expect(resumed.body).toMatchObject({ paused_until: null, held_by: 'meta' });

  await client.ask('POST', `/chats/${chatId}/pause`, { minutes: 5 });
  await says(visitor);
  expect(visitor.turns()).toEqual([]);
  const { body } = await client.ask('GET', `/chats/${chatId}`);
  expect(body).toMatchObject({ held_by: null, paused_until: expect.any(String) });
});

test('echoes and statuses of Meta’s agent move no delivery of ours, and open no window', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello.');
  const [messageId] = visitor.messageIds();
  const status = { id: messageId, status: 'failed', timestamp: String(now() / 1000) };
  const message = { to: visitor.phone, type: 'text', text: { body: 'Hi' } };
  const echo = { id: 'wamid.echo', timestamp: String(now() / 1000), message };
  const before = await chatOf(visitor);
  const standby = { statuses: [{ ...status, errors: [{ code: 131026 }] }], message_echoes: [echo] };
  await journey.post(cloudChange('standby', { standby }));
  await journey.runtime.idle();
  expect(visitor.news()).toEqual([]);
  expect(await chatOf(visitor)).toEqual(before);
});

test('check says that Meta’s own agent answers on the number', async () => {
  const visitor = meetVisitor(journey);
  await saysToMeta(visitor);
  const answer = await fetch(`${journey.runtime.url}/admin/channels/${journey.channel.id}/check`, {
    method: 'POST',
  });
  const { findings } = (await answer.json()) as { findings: { code: string; level: string }[] };
  expect(findings).toContainEqual(
    expect.objectContaining({ code: 'meta-agent-answers', level: 'note' }),
  );
});

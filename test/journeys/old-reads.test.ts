// As DynamoDB may: a read that is not consistent says for a while what was there before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { openNotifications } from '../support/journey-notifications.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';
import { bsuidOf, cloudChange, cloudMessage, cloudText } from '../support/webhook-bodies.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe.each([150, 400])('with reads that are %i ms old', (readsBehindMs) => {
  let journey: Journey;
  let client: JourneyClient;
  beforeAll(async () => {
    journey = await startJourney({
      tuning: { readsBehindMs },
      channel: {
        agent: { events: ['delivery:parked', 'delivery:released', 'visitor_changed'] },
        options: { if_window_closed: 'park' },
      },
      statuses: EVERY_STATUS,
    });
    client = await openClient(journey);
  });
  afterAll(() => journey.stop());

  const idle = () => journey.runtime.idle();
  const admin = (path: string, method = 'POST') =>
    fetch(`${journey.runtime.url}/admin/channels/${journey.channel.id}${path}`, { method });
  const told = (visitor: JourneyVisitor) => visitor.news().map(({ status }) => status);
  const chatOf = (visitor: JourneyVisitor) => visitor.turns().at(-1)?.chat.id;
  /** A visitor who wrote a day ago. */
  async function silent(): Promise<JourneyVisitor> {
    const visitor = meetVisitor(journey);
    const { phone } = visitor;
    const sentAt = Date.now() - DAY_MS;
    await journey.post(cloudText({ phone, text: 'Hello', id: `wamid.${phone}.old`, sentAt }));
    await idle();
    return visitor;
  }
  const partsOf = async (replyId: string | undefined) => {
    const { body } = await client.ask('GET', `/replies/${replyId}`);
    return (body as { parts: { status: string; code: string }[] }).parts;
  };

  test('a first message is answered once, and the statuses of the answer are recorded', async () => {
    const visitor = meetVisitor(journey);
    await visitor.promptsAndWaits('one', 'two');
    expect(visitor.texts()).toEqual(['one', 'two']);
    const deliveries = (await journey.items('DELIVERY#')) as {
      parts: Record<string, { status: string; message_id: string }>;
    }[];
    const parts = deliveries.flatMap(({ parts }) => Object.values(parts));
    const theirs = parts.filter(({ message_id }) => visitor.messageIds().includes(message_id));
    expect(theirs.map(({ status }) => status)).toEqual(['read', 'read']);
  });

  test('a tap on a menu that was shown a moment ago is its option, also on the one before the last', async () => {
    const visitor = meetVisitor(journey);
    const menu = (text: string, id: string) => ({
      type: 'buttons',
      text,
      buttons: [{ id, label: 'Yes' }],
    });
    const taps = async (id: string, at: number) => {
      await visitor.says({
        context: { from: '493023125100', id: visitor.messageIds()[at] },
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id, title: 'Yes' } },
      });
      await idle();
      return visitor.turns().at(-1)?.message;
    };
    await visitor.prompts(menu('First?', 'first'), menu('Second?', 'second'));
    await until(() => visitor.bodies().length === 2);
    const option = (id: string) => ({
      kind: 'choice',
      option: { id, label: 'Yes' },
      menu_reply_id: expect.any(String),
    });
    expect(await taps('first', 0)).toMatchObject(option('first'));
    expect(await taps('second', 1)).toMatchObject(option('second'));
  });

  test('a parked reply goes when the visitor writes, whatever was written a moment before', async () => {
    const visitor = await silent();
    const [replyId] = await client.send({ phone: visitor.phone }, ['it waited']);
    await until(async () => (await partsOf(replyId))[0]?.status === 'parked');
    await visitor.promptsAndWaits('the answer');
    expect(visitor.texts()).toEqual(['it waited', 'the answer']);
    expect(told(visitor)).toEqual(['parked', 'released']);
  });

  test('a parked reply that the visitor came too late for expires, and the one behind it goes', async () => {
    const visitor = await silent();
    const replies = [{ type: 'text', text: 'too late', valid_for: 1 }, 'still good'];
    const [first, second] = await client.send({ phone: visitor.phone }, replies);
    const over = Date.now() + 1_000;
    await until(async () => (await partsOf(second))[0]?.status === 'parked');
    await until(() => Date.now() > over);
    await visitor.promptsAndWaits('the answer');
    expect(visitor.texts()).toEqual(['still good', 'the answer']);
    expect((await partsOf(first))[0]?.status).toBe('expired');
    expect(told(visitor)).toEqual(expect.arrayContaining(['expired', 'released']));
  });

  test('of a reply that is refused in a chat made a moment ago the agent is told', async () => {
    const visitor = meetVisitor(journey);
    // Without a BSUID, so that nothing is written in the chat after it was made.
    await visitor.says({ type: 'text', text: { body: 'hi' } }, [{ type: 'nonsense' }]);
    await idle();
    expect(visitor.news()).toEqual([expect.objectContaining({ status: 'refused', part: 0 })]);
  });

  test('a file that fails right after it was accepted goes once more, as text', async () => {
    const visitor = meetVisitor(journey);
    journey.provider.files.links = 'failed-later';
    const url = 'https://cdn.example/a.jpg';
    await visitor.promptsAndWaits({ type: 'attachment', kind: 'image', url });
    journey.provider.files.links = 'taken';
    expect(visitor.texts().at(-1)).toBe(url);
    expect(told(visitor)).toEqual(['degraded']);
  });

  test('an agent that answers a notification’s result with 202 and sends its replies at once has them parked', async () => {
    const notifications = openNotifications(journey, client);
    const visitor = meetVisitor(journey);
    const sent: string[] = [];
    journey.agent.answerWith(async ({ event }) => {
      if (!('notification' in event)) return { replies: [] };
      const { id } = event.event;
      const to = { phone: visitor.phone };
      sent.push(...(await client.send(to, ['Any questions?'], { in_reply_to: id })));
      return { status: 202 };
    });
    const { chat_id, notification_id } = await notifications.notify({ phone: visitor.phone });
    await idle();
    expect(notifications.results(chat_id)).toEqual([
      expect.objectContaining({ id: notification_id, result: 'success' }),
    ]);
    expect(await partsOf(sent[0])).toEqual([expect.objectContaining({ status: 'parked' })]);
    expect(told(visitor)).toEqual(['parked']);
  });

  test('an agent that answers 202 and sends its replies at once has them delivered', async () => {
    const visitor = meetVisitor(journey);
    journey.agent.next(async () => {
      const { event } = journey.agent.requests.at(-1)?.event ?? expect.fail('nothing was asked');
      await client.send({ phone: visitor.phone }, ['late'], { in_reply_to: event.id });
      return { status: 202 };
    });
    await visitor.says('hello');
    await idle();
    expect(visitor.texts()).toEqual(['late']);
  });

  test('an erased chat stays erased, and the visitor’s next message makes another', async () => {
    const visitor = meetVisitor(journey);
    await visitor.promptsAndWaits('Hello');
    const before = chatOf(visitor);
    expect((await client.ask('DELETE', `/chats/${before}`)).status).toBe(204);
    await visitor.promptsAndWaits('Hello again');
    expect(chatOf(visitor)).not.toBe(before);
    expect(visitor.texts()).toEqual(['Hello', 'Hello again']);
    expect((await client.ask('GET', `/chats/${before}`)).status).toBe(404);
  });

  test('an agent is silent from the moment a person answers, and is asked again once it is resumed', async () => {
    const visitor = meetVisitor(journey);
    const { phone } = visitor;
    const at = Date.now() - 60_000;
    await journey.post(cloudText({ phone, text: 'Hello', id: `wamid.${phone}.a`, sentAt: at }));
    await idle();
    const echo = {
      from: '493023125100',
      to: phone,
      to_user_id: bsuidOf(phone),
      id: `wamid.${phone}.echo`,
      timestamp: String(Math.floor((at + 30_000) / 1000)),
      type: 'text',
      text: { body: 'Hello, this is Jörg from the shop.' },
    };
    await journey.post(cloudChange('smb_message_echoes', { message_echoes: [echo] }));
    await idle();
    await visitor.promptsAndWaits('not said');
    const resumed = await client.ask('POST', `/chats/${chatOf(visitor)}/resume`);
    expect(resumed.status).toBe(200);
    await visitor.promptsAndWaits('said');
    expect(visitor.texts()).toEqual(['said']);
    expect(visitor.turns().map(({ chat }) => chat.missed)).toEqual([undefined, 1]);
  });

  test('a visitor with a new number keeps the chat, and the old number’s next message is another visitor’s', async () => {
    const [visitor, fresh] = [meetVisitor(journey), meetVisitor(journey)];
    const text = (phone: string, id: string) =>
      journey.post(cloudMessage({ wa_id: phone }, { id, type: 'text', text: { body: 'hi' } }));
    await visitor.promptsAndWaits('Hello');
    const before = chatOf(visitor);
    const system = { body: 'User changed', wa_id: fresh.phone, type: 'user_changed_number' };
    const id = `wamid.${visitor.phone}.moved`;
    await journey.post(cloudMessage(null, { id, from: visitor.phone, type: 'system', system }));
    // At once, as the provider delivers what we could not take: behind the change, in one group.
    await text(visitor.phone, `${id}.old`);
    await idle();
    await text(fresh.phone, `${id}.new`);
    await idle();
    const turnOf = (messageId: string) => {
      const found = journey.agent.turns().map(({ event }) => event);
      const turn = found.find((event) => 'message' in event && event.message.id === messageId);
      return turn && 'message' in turn ? turn.chat.id : undefined;
    };
    expect(turnOf(`${id}.new`)).toBe(before);
    expect(turnOf(`${id}.old`)).toEqual(expect.any(String));
    expect(turnOf(`${id}.old`)).not.toBe(before);
  });

  test('a channel that was switched on or given a new address a moment ago serves its visitors and callers', async () => {
    const visitor = meetVisitor(journey);
    await visitor.promptsAndWaits('Hello');
    await editChannel(journey, { active: false });
    await editChannel(journey, { active: true });
    const [replyId] = await client.send({ phone: visitor.phone }, ['switched on']);
    const { status } = await client.ask('POST', '/notifications', {
      to: { phone: visitor.phone },
      template: { name: 'parcel_arrived', language: 'en' },
    });
    expect(status).toBe(202);
    await idle();
    expect(await partsOf(replyId)).toEqual([expect.objectContaining({ status: 'read' })]);

    const rotated = (await (await admin('/rotate-webhook-token')).json()) as {
      channel: { webhook_url: string };
    };
    const account = [...journey.provider.accounts.values()].find(({ webhook }) => webhook);
    const posted = await fetch(rotated.channel.webhook_url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...account?.webhook?.headers },
      body: JSON.stringify(
        cloudText({ phone: visitor.phone, text: 'rotated', id: `wamid.${visitor.phone}.rot` }),
      ),
    });
    expect(posted.status).toBe(200);
    await idle();
    expect(visitor.turns().at(-1)?.message.text).toBe('rotated');
    const keyed = (await (await admin('/rotate-api-key')).json()) as { api_key: string };
    journey.channel.apiKey = keyed.api_key;
    expect((await client.ask('GET', `/chats?phone=${visitor.phone}`)).status).toBe(200);
  });
});

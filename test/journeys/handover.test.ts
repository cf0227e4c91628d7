import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    // `handover` is not named here, and the agent is sent it all the same.
    channel: { agent: { events: ['delivery:read'] } },
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

type HandoverEvent = Extract<AgentEvent, { handover: unknown }>;
const handoversOf = ({ phone }: JourneyVisitor) =>
  journey.agent.requests.flatMap(({ event }): HandoverEvent[] =>
    'handover' in event && event.context.channel_visitor_phone === phone ? [event] : [],
  );
const handsOver = (...replies: string[]) => ({ replies, dialog: 'operator' });
const chatOf = (visitor: JourneyVisitor) => visitor.turns().at(-1)?.chat.id ?? '';

test('an agent that asks for a human operator closes the dialog, and hears that there is no operator', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next(handsOver('One moment, please.'));
  await visitor.says('a human, please');
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['One moment, please.']);
  expect(handoversOf(visitor)).toEqual([
    expect.objectContaining({
      version: 1,
      event: expect.objectContaining({ type: 'handover', attempt: 1 }),
      chat: expect.objectContaining({ id: chatOf(visitor), dialog: 'closed', paused_until: null }),
      context: expect.objectContaining({ channel_chat_id: `${visitor.phone}|dialog360` }),
      handover: { by: 'agent', supported: false, code: 'operator-transfer-unsupported' },
    }),
  ]);
  const { body } = await client.ask('GET', `/chats/${chatOf(visitor)}`);
  expect(body).toMatchObject({ dialog: 'closed', paused_until: null });

  // The next message opens it again, and the agent answers as before.
  await visitor.promptsAndWaits('Here I am.');
  expect(visitor.turns().at(-1)?.chat.dialog).toBe('open');
  expect(visitor.texts().at(-1)).toBe('Here I am.');
  expect(handoversOf(visitor)).toHaveLength(1);
});

test('when the worker dies before it queued the handover, the agent is told of it once', async () => {
  const visitor = meetVisitor(journey);
  let seen = 0;
  let killed = 0;
  const remove = journey.runtime.intercept(({ caller, operation, moment }) => {
    if (caller !== 'worker' || operation !== 'SendMessageBatch' || moment !== 'after')
      return 'pass';
    seen += 1;
    if (seen !== 2) return 'pass'; // the first queues the replies, the second the handover
    void journey.runtime.kill('worker').then((pids) => {
      killed = pids.length;
    });
    return 'hang';
  });
  journey.agent.next(handsOver('I am looking.'));
  await visitor.says('somebody?');
  await until(() => killed > 0);
  await journey.runtime.idle();
  remove();
  expect(seen).toBe(4); // the replies and the handover, once more
  expect(visitor.turns()).toHaveLength(1);
  expect(visitor.texts()).toEqual(['I am looking.']);
  expect(handoversOf(visitor)).toHaveLength(1);
});

test('the agent is told of each turn that asks for an operator, and not of one that only closes the dialog', async () => {
  const visitor = meetVisitor(journey);
  for (const dialog of ['operator', 'close', 'operator']) {
    journey.agent.next({ replies: [], dialog });
    await visitor.says('help');
    await journey.runtime.idle();
  }
  const ids = handoversOf(visitor).map(({ event }) => event.id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(2);
});

test('an agent that does not take the handover event is told twice under one id, and the chat does not wait for it', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next(handsOver(), { status: 500 }, { status: 500 });
  await visitor.says('help');
  await journey.runtime.idle();
  const events = handoversOf(visitor).map(({ event }) => event);
  expect(events.map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  await visitor.promptsAndWaits('Still here.');
  expect(visitor.texts()).toEqual(['Still here.']);
});

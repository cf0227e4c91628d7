// One channel's agent or provider hangs: the visitors of another channel are answered all the same.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChannel, type JourneyChannel } from '../support/create-channel.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type AgentDouble, type AgentSays, startAgentDouble } from '../support/runtime-agent.ts';
import { until } from '../support/runtime-until.ts';
import { cloudText } from '../support/webhook-bodies.ts';

/** Visitors who write to the channel that hangs: several times the slots of a function. */
const LOUD_CHATS = 12;
/** Messages to the other channel meanwhile. */
const QUIET_MESSAGES = 8;

let journey: Journey;
let agent: AgentDouble;
let loud: Omit<JourneyChannel, 'webhookHeader'>;
let written = 0;
const LOUD_KEY = 'key-of-the-loud-channel';

beforeAll(async () => {
  journey = await startJourney({ tuning: { sandboxes: 3 }, statuses: ['delivered'] });
  agent = await startAgentDouble();
  loud = await createChannel(journey.runtime.url, {
    token: LOUD_KEY,
    title: 'Loud',
    options: { typing_indicator: 'off' },
    // Longer than a test: no call ends by itself, and every slot it holds stays held.
    agent: { url: agent.url, timeout_ms: 120_000, events: ['delivery'] },
  });
});
afterAll(async () => {
  await agent.stop();
  await journey.stop();
});

/** Visitors of the loud channel write, one message each. Returns the messages' ids. */
async function loudVisitorsWrite(): Promise<string[]> {
  const ids: string[] = [];
  for (let chat = 0; chat < LOUD_CHATS; chat++) {
    written += 1;
    const id = `wamid.loud-${written}`;
    ids.push(id);
    const body = cloudText({ phone: `49152${String(10_000_000 + written)}`, text: id, id });
    const answer = await fetch(loud.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
  }
  return ids;
}

/** Visitors of the other channel write one after the other, and each is answered. */
async function quietVisitorsAreAnswered(): Promise<void> {
  for (let message = 0; message < QUIET_MESSAGES; message++) {
    written += 1;
    const phone = `49151${String(10_000_000 + written)}`;
    await journey.post(cloudText({ phone, text: 'Hello', id: `wamid.quiet-${written}` }));
    await until(() =>
      journey.received(phone).some(({ request }) => request.text === 'You said: Hello'),
    );
  }
}

/** Something that hangs until the test lets it go. */
function hanging() {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { released, release };
}

const turnsOf = (ids: string[]) =>
  agent
    .turns()
    .filter(({ event }) => 'message' in event && ids.includes(event.message.id))
    .map(({ event }) => event.event.id);

test('an agent that hangs holds all slots but one, and is asked about every message once it answers', async () => {
  const { released, release } = hanging();
  agent.answerWith(async (): Promise<AgentSays> => {
    await released;
    return { replies: [] };
  });
  const ids = await loudVisitorsWrite();
  await quietVisitorsAreAnswered();

  // Two of three slots hang, and no more; the calls that were ended for others were no attempts.
  const slots = (await journey.items('SLOTS#')).find(({ sk }) => sk === 'worker');
  expect(Object.keys(slots ?? {}).filter((name) => name.startsWith('slot_'))).toHaveLength(2);
  release();
  await until(() => new Set(turnsOf(ids)).size === ids.length, { timeoutMs: 80_000 });
  expect(agent.turns().every(({ event }) => event.event.attempt === 1)).toBe(true);
});

test('a provider that hangs for one channel does not hold up the replies of another', async () => {
  const { released, release } = hanging();
  agent.answerWith(({ event }) => ({ replies: 'message' in event ? [event.message.id] : [] }));
  const stop = journey.provider.onRequest(async ({ key, path, body }) => {
    const { to } = (body ?? {}) as { to?: string };
    if (key === LOUD_KEY && path.endsWith('/messages') && to) await released;
    return undefined;
  });
  const ids = await loudVisitorsWrite();
  await until(() => turnsOf(ids).length >= LOUD_CHATS);
  await quietVisitorsAreAnswered();
  expect(journey.provider.sent.filter(({ request }) => ids.includes(request.text))).toEqual([]);
  stop();
  release();
  const arrived = () => journey.provider.sent.map(({ request }) => request.text);
  await until(() => ids.every((id) => arrived().includes(id)), { timeoutMs: 80_000 });
});

test('an agent that hangs on what it is told does not hold up the statuses of another channel', async () => {
  const { released, release } = hanging();
  agent.answerWith(async ({ event }) => {
    if (event.event.type === 'delivery') await released;
    return { replies: 'message' in event ? [event.message.id] : [] };
  });
  const ids = await loudVisitorsWrite();
  await until(() => turnsOf(ids).length >= LOUD_CHATS);
  await quietVisitorsAreAnswered();
  await until(async () => {
    const deliveries = (await journey.items(`DELIVERY#${journey.channel.id}`)) as {
      parts: Record<string, { status: string }>;
    }[];
    return deliveries.every(({ parts }) => parts[0]?.status === 'delivered');
  });
  release();
});

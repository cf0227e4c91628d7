import { afterAll, beforeAll, expect, test } from 'vitest';
import { messageEventId } from '../../shared/rules/agent-event/event-id.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { meetVisitor } from '../support/journey-visitor.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    channel: { agent: { events: ['message', 'delivery'] } },
    statuses: EVERY_STATUS,
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

type Line = Record<string, unknown>;

/** Every log line that the functions have written from `from` on. */
const linesSince = (from: number): Line[] =>
  journey.runtime.output.slice(from).flatMap(({ name, line }) => {
    const entry = line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : {};
    // The sweep looks after all chats at once.
    return entry.message === undefined || name === 'sweep' ? [] : [{ function: name, ...entry }];
  });

/** The ids that a line names as its story's. */
const tracesOf = ({ trace_id, trace_ids }: Record<string, unknown>): unknown[] =>
  trace_id === undefined ? ((trace_ids as unknown[] | undefined) ?? []) : [trace_id];

test('from the webhook to the last status, each log line, each event and each reply has the id of the visitor’s message', async () => {
  const from = journey.runtime.output.length;
  const visitors = Array.from({ length: 3 }, () => meetVisitor(journey));
  const [failing] = visitors;
  // One agent call fails first, and what is told of replies is refused: these lines count as well.
  let isDown = true;
  const { agent } = journey;
  agent.answerWith(({ event }) => {
    if (!('message' in event)) return { status: 404, headers: {}, body: '' };
    if (isDown && event.context.channel_visitor_phone === failing?.phone) {
      isDown = false;
      return { status: 503, headers: { 'retry-after': '1' }, body: '' };
    }
    return { replies: ['One', 'Two'] };
  });
  const messageIds = await Promise.all(visitors.map((visitor) => visitor.says('Hi')));
  await journey.runtime.idle();
  const traces = messageIds.map((id) => messageEventId(journey.channel.id, id));

  const lines = linesSince(from);
  for (const line of lines) {
    const named = tracesOf(line);
    expect(named.length, JSON.stringify(line)).toBeGreaterThan(0);
    for (const traceId of named) expect(traces, JSON.stringify(line)).toContain(traceId);
  }
  for (const traceId of traces) {
    const own = lines.filter((line) => tracesOf(line).includes(traceId));
    const rooms = new Set(own.map((line) => line.function));
    expect([...rooms].sort()).toEqual(['news', 'send', 'statuses', 'webhook', 'worker']);
    // The message's own webhook, and those of its replies' statuses.
    const webhooks = own.filter((line) => line.message === 'webhook-received');
    expect(webhooks.length).toBeGreaterThanOrEqual(2);
  }
  expect(lines.filter(({ message }) => message === 'agent-asked-again')).toHaveLength(1);

  for (const [at, visitor] of visitors.entries()) {
    const about = agent.requests.filter(
      ({ event }) => 'context' in event && event.context.channel_visitor_phone === visitor.phone,
    );
    expect(about.map(({ event }) => event.event.type)).toEqual(
      expect.arrayContaining(['message', 'delivery']),
    );
    for (const { event, headers } of about) {
      expect(event.event.trace_id).toBe(traces[at]);
      expect(headers['webhook-trace-id']).toBe(traces[at]);
    }
    const [news] = visitor.news();
    const answer = await client.ask('GET', `/replies/${news?.reply_id}`);
    expect(answer).toMatchObject({ status: 200, body: { trace_id: traces[at] } });
  }
});

test('what a caller sends at the messages endpoint has the id of its request, or of the event it answers late', async () => {
  const visitor = meetVisitor(journey);
  const messageId = await visitor.says('Hi');
  await journey.runtime.idle();
  const traceId = messageEventId(journey.channel.id, messageId);
  const send = async (more: Record<string, unknown>) => {
    const from = journey.runtime.output.length;
    await client.send({ phone: visitor.phone }, ['Hello'], more);
    await journey.runtime.idle();
    const lines = linesSince(from);
    expect(lines.map((line) => line.message)).toEqual(
      expect.arrayContaining(['messages-accepted', 'part-attempted', 'status-recorded']),
    );
    return new Set(lines.flatMap(tracesOf));
  };
  expect([...(await send({ in_reply_to: traceId }))]).toEqual([traceId]);
  const [own, ...others] = await send({});
  expect(own).toMatch(/^req_[0-9a-f]{32}$/);
  expect(others).toEqual([]);
});

import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { DeliveryNews } from '../../shared/contract/delivery-news.ts';
import type { Journey } from './journey.ts';
import { cloudMessage, cloudText } from './webhook-bodies.ts';

/** A visitor of a journey: a phone, with what it sends and receives. */
export interface JourneyVisitor {
  phone: string;
  /**
   * Sends a text, or any other message of the Cloud API (those of `test/fixtures/v2`: what stands
   * there in `messages`). The agent answers it with `answer`, by default with nothing. Resolves to
   * the message's id once the webhook has taken it.
   */
  says(what: string | Record<string, unknown>, answer?: unknown[]): Promise<string>;
  /** Sends a text that the agent answers with these replies. Resolves to the text's id. */
  prompts(...replies: unknown[]): Promise<string>;
  /** The same, and waits until nothing is at work any more. */
  promptsAndWaits(...replies: unknown[]): Promise<void>;
  /** The messages the phone has received, as WhatsApp's bodies, in order. */
  bodies(): Record<string, unknown>[];
  /** The texts of these messages. */
  texts(): string[];
  /** The ids of these messages. */
  messageIds(): string[];
  /** The `message` events the agent was sent about this visitor. */
  turns(): Extract<AgentEvent, { message: unknown }>[];
  /** What the `delivery` events say that the agent was sent about this visitor's replies. */
  news(): DeliveryNews[];
}

let met = 0;

/** What the agent of a journey answers, by the id of the message. */
const answers = new WeakMap<Journey, Map<string, unknown[]>>();

/**
 * A new visitor. From then on the journey's agent answers each message with what `says` was given.
 */
export function meetVisitor(journey: Journey): JourneyVisitor {
  met += 1;
  const replies = answers.get(journey) ?? new Map<string, unknown[]>();
  answers.set(journey, replies);
  journey.agent.answerWith(({ event }) =>
    'message' in event ? { replies: replies.get(event.message.id) ?? [] } : { replies: [] },
  );
  const phone = `4917${String(20_000_000 + met)}${process.pid % 10}`;
  let said = 0;
  const isTheirs = (event: AgentEvent) =>
    'context' in event && event.context.channel_visitor_phone === phone;
  const events = () =>
    journey.agent.requests.map(({ event }) => event).filter((event) => isTheirs(event));
  const visitor: JourneyVisitor = {
    phone,
    says: async (what, answer = []) => {
      said += 1;
      const id = `wamid.${phone}.${said}`;
      replies.set(id, answer);
      const sentAt = journey.runtime.clock.now();
      const timestamp = String(Math.floor(sentAt / 1000));
      const body =
        typeof what === 'string'
          ? cloudText({ phone, text: what, id, sentAt })
          : cloudMessage({ wa_id: phone }, { id, timestamp, ...what });
      const status = await journey.post(body);
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
      return id;
    },
    prompts: (...answer) => visitor.says('go on', answer),
    promptsAndWaits: async (...answer) => {
      await visitor.says('go on', answer);
      await journey.runtime.idle();
    },
    bodies: () => journey.received(phone).map(({ request }) => request.body),
    texts: () => journey.received(phone).map(({ request }) => request.text),
    messageIds: () => journey.received(phone).map(({ messageId }) => messageId),
    turns: () => events().flatMap((event) => ('message' in event ? [event] : [])),
    news: () => events().flatMap((event) => ('delivery' in event ? [event.delivery] : [])),
  };
  return visitor;
}

/** Changes the journey's channel through the admin endpoints. */
export async function editChannel(
  { runtime, channel }: Pick<Journey, 'runtime' | 'channel'>,
  change: Record<string, unknown>,
): Promise<void> {
  const answer = await fetch(`${runtime.url}/admin/channels/${channel.id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
}

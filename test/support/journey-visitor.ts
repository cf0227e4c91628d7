import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { DeliveryNews } from '../../shared/contract/delivery-news.ts';
import { cloudMessage, cloudText, type Journey } from './journey.ts';

/** Somebody with a phone, in a journey. */
export interface JourneyVisitor {
  phone: string;
  /** Writes to the business, or sends any other message of the Cloud API. Resolves to its id. */
  says(what: string | Record<string, unknown>): Promise<string>;
  /** Says something that will be answered like this. */
  prompts(...replies: unknown[]): Promise<string>;
  /** The same, and waits until everything is over. */
  hears(...replies: unknown[]): Promise<void>;
  /** What the phone has received: WhatsApp's bodies, in order. */
  bodies(): Record<string, unknown>[];
  texts(): string[];
  /** The ids of what it has received. */
  messageIds(): string[];
  /** What the agent was asked on their account. */
  turns(): Extract<AgentEvent, { message: unknown }>[];
  /** What the agent was told of their replies. */
  news(): DeliveryNews[];
}

let met = 0;

/** What the agent is to say, by the message it answers. */
const answers = new WeakMap<Journey, Map<string, unknown[]>>();

/** Somebody new. From then on the journey's agent says what its visitors are to hear. */
export function meetVisitor(journey: Journey): JourneyVisitor {
  met += 1;
  const replies = answers.get(journey) ?? new Map<string, unknown[]>();
  answers.set(journey, replies);
  journey.agent.answerWith(({ event }) =>
    'message' in event ? { replies: replies.get(event.message.id) ?? [] } : { replies: [] },
  );
  const phone = `4917${String(20_000_000 + met)}${process.pid % 10}`;
  let said = 0;
  const nextId = () => `wamid.${phone}.${said + 1}`;
  const isTheirs = (event: AgentEvent) =>
    'context' in event && event.context.channel_visitor_phone === phone;
  const events = () =>
    journey.agent.requests.map(({ event }) => event).filter((event) => isTheirs(event));
  const visitor: JourneyVisitor = {
    phone,
    says: async (what) => {
      const id = nextId();
      said += 1;
      const body =
        typeof what === 'string'
          ? cloudText({ phone, text: what, id })
          : cloudMessage({ wa_id: phone }, { id, ...what });
      const status = await journey.post(body);
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
      return id;
    },
    prompts: (...says) => {
      replies.set(nextId(), says);
      return visitor.says('go on');
    },
    hears: async (...says) => {
      await visitor.prompts(...says);
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

/** Changes the journey's channel through the admin endpoint. */
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

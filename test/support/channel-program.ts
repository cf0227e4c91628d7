import type { ChannelAnswer, ChannelList } from '../../shared/contract/channel-answer.ts';
import type { Journey } from './journey.ts';
import { cloudText } from './webhook-bodies.ts';

interface Problem {
  code: string;
  detail: string;
}

export interface Asked {
  status: number;
  /** Any of the three: a test reads the fields it expects, and fails when they are not there. */
  json: ChannelAnswer & ChannelList & Problem;
  etag: string | null;
}

/** A channel that the program created. */
export interface Made {
  id: string;
  /** Its 360dialog API key. */
  token: string;
  webhookUrl: string;
  created: Asked['json'];
}

/** A program that creates and changes channels, with what agent and phones see of them. */
export function channelProgram(journey: () => Journey) {
  /** Calls an admin endpoint. */
  async function ask(
    method: string,
    path = '',
    { body, ifMatch }: { body?: Record<string, unknown>; ifMatch?: string } = {},
  ): Promise<Asked> {
    const answer = await fetch(`${journey().runtime.url}/admin/channels${path}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(ifMatch && { 'if-match': ifMatch }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      json: text ? JSON.parse(text) : null,
      etag: answer.headers.get('etag'),
    };
  }

  let made = 0;
  async function create(more: Record<string, unknown> = {}): Promise<Made> {
    made += 1;
    const body = {
      title: 'Program',
      token: `key-of-program-${made}`,
      base_url: `${journey().runtime.url}/sandbox/360dialog`,
      agent: { url: journey().agent.url },
      ...more,
    };
    const { status, json } = await ask('POST', '', { body });
    if (status !== 201) throw new Error(`not created: ${JSON.stringify(json)}`);
    const { id, webhook_url } = json.channel;
    return { id, token: body.token, webhookUrl: webhook_url ?? '', created: json };
  }

  return {
    ask,
    create,
    /** The secret header that was registered at the provider. */
    headerOf: ({ token }: Made): string =>
      journey().provider.account(token).webhook?.headers['x-webhook-secret'] ?? '',
    /** Posts, as the provider does, a text that is its own id. Resolves to the HTTP status. */
    say: async (url: string, phone: string, id: string, header?: string): Promise<number> => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(header && { 'x-webhook-secret': header }),
        },
        body: JSON.stringify(cloudText({ phone, text: id, id })),
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    /** The ids of the messages the agent was asked about. */
    turnsOf: (phone: string): string[] =>
      journey()
        .agent.turns()
        .flatMap(({ event }) =>
          'message' in event && event.context.channel_visitor_phone === phone
            ? event.message.id
            : [],
        ),
    /** What one phone received, in order. */
    texts: (phone: string): string[] =>
      journey()
        .received(phone)
        .map(({ request }) => request.text),
  };
}

import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../infra/local/http/serve.ts';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';

export interface AgentRequest {
  event: AgentEvent;
  headers: Record<string, string>;
  /** As it came, for signatures. */
  raw: string;
  /** Epoch milliseconds. */
  at: number;
}

/** An agent's answer: an HTTP answer, or the JSON of a 200. */
export type AgentSays = HttpAnswer | { replies: unknown[]; dialog?: string } | { ready: boolean };

export interface AgentDouble {
  /** The `agent.url` for a channel. */
  url: string;
  /** Every request it got, in order. */
  requests: AgentRequest[];
  /** Those of them with a message of a visitor. */
  turns(): AgentRequest[];
  /** Answers the next requests with these, one each. `ready` events are not counted. */
  next(...answers: (AgentSays | (() => AgentSays | Promise<AgentSays>))[]): void;
  /** Answers all other requests with this. */
  answerWith(answer: (request: AgentRequest) => AgentSays | Promise<AgentSays>): void;
  stop(): Promise<void>;
}

/**
 * An agent on a loopback port that records what it is asked. It echoes, unless a test says
 * otherwise.
 */
export async function startAgentDouble(): Promise<AgentDouble> {
  const requests: AgentRequest[] = [];
  const scripted: Parameters<AgentDouble['next']> = [];
  let usual: (request: AgentRequest) => AgentSays | Promise<AgentSays> = echo;

  const answerTo = async ({ body, headers }: HttpAsk): Promise<HttpAnswer> => {
    const raw = body.toString();
    const request = { event: JSON.parse(raw) as AgentEvent, headers, raw, at: Date.now() };
    requests.push(request);
    const isReady = request.event.event.type === 'ready';
    const scriptedAnswer = isReady ? undefined : scripted.shift();
    const says =
      typeof scriptedAnswer === 'function'
        ? await scriptedAnswer()
        : (scriptedAnswer ?? (await usual(request)));
    return typeof says === 'string' || 'status' in says ? says : json(200, says);
  };

  const { port, close } = await listenOnLoopback(serve(answerTo));
  return {
    url: `http://127.0.0.1:${port}/turn`,
    requests,
    turns: () => requests.filter(({ event }) => event.event.type === 'message'),
    next: (...answers) => {
      scripted.push(...answers);
    },
    answerWith: (answer) => {
      usual = answer;
    },
    stop: close,
  };
}

const echo = ({ event }: AgentRequest): AgentSays => {
  if (event.event.type === 'ready') return { ready: true };
  return { replies: 'message' in event ? [`You said: ${event.message.text}`] : [] };
};

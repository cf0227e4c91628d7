// What a kind of agent is: a conversation of requests and answers, without a clock, chance or the network.
import type { AgentEvent } from '../../contract/agent-event.ts';
import type { AgentSettings } from '../../contract/agent-kind.ts';
import type { AgentReply } from './answer.ts';

/** The events that agents of other kinds than `http` are asked about. */
export type AskedEvent = Extract<AgentEvent, { message: unknown } | { request: unknown }>;

/** A turn, as a kind sees it. */
export interface KindTurn {
  event: AskedEvent;
  settings: AgentSettings;
  /** Null only for `bedrock-agentcore`. */
  url: string | null;
  apiKey: string | null;
  /** What this kind kept after an earlier turn of the chat; null: nothing, or it was another agent's. */
  session: unknown;
  /** Pictures whose address the agent cannot reach, as `data:` addresses, by their own address. */
  inlined: ReadonlyMap<string, string>;
}

export interface KindRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** AWS takes the request only with a signature of our role. */
  sign?: { service: string; region: string };
  /** How long to wait before it is sent. */
  afterMs?: number;
}

/** A whole answer, whatever its status. */
export interface Heard {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface KindEnd {
  reply: AgentReply;
  /** What to keep for the chat's next turn; null forgets what is kept, undefined leaves it. */
  session?: unknown;
}

/** What the operator is told about an agent of a kind. */
export interface KindCheck {
  request: KindRequest;
  /** What an answer to it says, in a sentence for the operator. */
  read: (heard: Heard) => string;
}

export interface Kind {
  /** Whether pictures are shown to the agent. */
  seesPictures?: true;
  /** Asks and listens until the turn has its end. Each request gets the answer that came back. */
  converse: (turn: KindTurn) => Generator<KindRequest, KindEnd, Heard>;
  /** What can be asked without cost or effect; null: there is nothing to ask. */
  check: (agent: Pick<KindTurn, 'settings' | 'url' | 'apiKey'>) => KindCheck | null;
}

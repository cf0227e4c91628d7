// What the inspector shows: the way of one message through the product, step by step. Times are epoch
// milliseconds.
import type { FaultState } from '../faults/fault.ts';

/** Where a step happened. `wait`: nothing did, and the step says what is waited for. */
export type StepKind =
  | 'webhook'
  | 'endpoint'
  | 'queue'
  | 'worker'
  | 'agent'
  | 'transcriber'
  | 'send'
  | 'provider'
  | 'file'
  | 'statuses'
  | 'news'
  | 'wait';

export interface Step {
  id: string;
  kind: StepKind;
  /** The step it is a part of; null: it stands for itself. */
  parent: string | null;
  at: number;
  /** Null: it is not over. */
  ended_at: number | null;
  /** Null: it is not over. */
  ok: boolean | null;
  /** In short: an HTTP status, an attempt, a reason. */
  facts: Record<string, string | number>;
  /** What the function logged meanwhile. */
  log: LogEntry[];
  /** What came in: a request, a job. */
  request?: Exchange;
  /** What went out. */
  answer?: Exchange;
}

export interface LogEntry {
  at: number;
  name: string;
  level: string;
  facts: Record<string, unknown>;
}

export interface Exchange {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  status?: number;
  body: unknown;
}

/** The way of a message of a visitor, or of what an endpoint was asked. */
export interface Trail {
  /** The id it began with. */
  id: string;
  channel_id: string | null;
  /** The visitor who wrote, by phone number or BSUID; null: an endpoint was asked. */
  person: string | null;
  at: number;
  /** Every id that leads here: of messages, events, replies, notifications. */
  keys: string[];
  steps: Step[];
}

/** How a channel's agent answered when it was asked last. */
export interface AgentState {
  channel_id: string;
  at: number;
  ok: boolean;
  /** `answered`, `later`, `unavailable`, `timeout`, `refused` … as the log names it. */
  result: string;
  /** A sentence; empty where all is well. */
  reason: string;
  took_ms: number;
}

/** What a phone does not show of a chat: a reply that did not go, a turn that was lost. */
export interface ChatNote {
  id: string;
  at: number;
  channel_id: string;
  person: string;
  kind:
    | 'refused'
    | 'parked'
    | 'expired'
    | 'failed'
    | 'turn-lost'
    | 'agent-asked-again'
    | 'agent-answer-odd';
  /** As docs/contract.md#codes has it; empty where there is none. */
  code: string;
  /** A sentence; empty where there is none. */
  reason: string;
  /** An id that leads to the way it stands in. */
  trail_id: string;
}

/** What `GET /sandbox/inspector/events` sends: the clock, the faults and the agents first as they are. */
export type LiveEvent =
  | { type: 'note'; note: ChatNote }
  | { type: 'step'; trail: Omit<Trail, 'steps'>; step: Step }
  | { type: 'agent'; agent: AgentState }
  | { type: 'chat'; token: string; person: string }
  | { type: 'clock'; ahead_ms: number }
  | { type: 'faults'; faults: FaultState[] };

/** What `GET /sandbox/inspector/state` answers. */
export interface InspectorState {
  /** By the runtime's clock. */
  now: number;
  /** How far that is ahead of the machine. */
  ahead_ms: number;
  /** The channels whose webhook is registered at the double, and the key that plays for each. */
  numbers: { channel_id: string; token: string }[];
  agents: AgentState[];
}

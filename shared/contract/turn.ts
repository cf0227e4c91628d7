import type { AgentAnswer } from './agent-answer.ts';

/** How a turn ended: with the agent's answer, or without one and why. */
export type TurnOutcome =
  | { kind: 'answered'; answer: AgentAnswer }
  | { kind: 'later' }
  /** An event whose replies are not taken: the agent has heard it, or was told twice in vain. */
  | { kind: 'told' }
  /** A person has taken the chat over: the agent was not asked. */
  | { kind: 'paused' }
  | { kind: 'failed'; code: string };

/**
 * One event the agent is asked about, as the table keeps it for 14 days. Its existence is also what
 * makes a repeat of the provider's harmless. Times are epoch milliseconds.
 */
export interface Turn {
  channel_id: string;
  event_id: string;
  chat_id: string | null;
  begun_at: number;
  /** Times the agent was about to be asked. */
  attempts: number;
  /** Of those, the ones that ran into the agent's time limit. */
  timeouts: number;
  outcome: TurnOutcome | null;
  ended_at: number | null;
}

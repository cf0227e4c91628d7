import type { AgentAnswer } from './agent-answer.ts';
import type { AgentSession } from './chat.ts';
import type { MessageJob } from './jobs.ts';
import type { KeptNote, Transcript } from './transcript.ts';

/** How a turn ended: with the agent's answer, or without one and why. */
export type TurnOutcome =
  /** `session`: what the chat keeps for the agent's next turn; null forgets it, absent leaves it. */
  | { kind: 'answered'; answer: AgentAnswer; session?: AgentSession | null }
  | { kind: 'later' }
  /** An event whose replies are not taken: the agent has heard it, or was told twice in vain. */
  | { kind: 'told' }
  /**
   * A person has taken the chat over, or an operator holds the channel: the agent was not asked. `text`: what
   * the visitor is told of the hold.
   */
  | { kind: 'paused'; text?: string }
  /** Too many turns in an hour (`max_turns_per_hour`): the agent was not asked. */
  | { kind: 'limited' }
  /** The agent was asked about its message in another turn, which is that of a newer message. */
  | { kind: 'merged'; into: string }
  /** `letter_at`: with the event's id it leads to the dead letter that keeps the job. */
  | { kind: 'failed'; code: string; letter_at?: number }
  /** The chat was erased: whatever the agent answers is dropped. */
  | { kind: 'erased' };

/**
 * One event the agent is asked about, as the table keeps it for 8 days. Its existence is also what
 * makes a repeat of the provider's harmless. What came through the messages endpoint is kept the same
 * way, under the request's id. Times are epoch milliseconds.
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
  /** Set when it tells of a notification: what answers it in this chat waits while the window is closed. */
  park_if_closed_in?: string;
  /** Its job was put off before the agent was asked: the visitor is recorded, and nothing else is to be done. */
  sent_back?: true;
  /**
   * When an operator had it asked about again after it had failed: each time it was reopened. The last one
   * goes into the ids of its replies.
   */
  redriven?: number[];
  /** The message, while it waits for those that follow it (`burst_ms`). */
  held?: MessageJob;
  /** What its message says, where that is a voice note (`transcription`). */
  transcript?: Transcript;
  /** Why it has none. */
  transcript_note?: KeptNote;
  /** The turns of earlier messages that this one answers too. */
  merges?: string[];
  outcome: TurnOutcome | null;
  ended_at: number | null;
}

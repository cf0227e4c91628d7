import type { FunctionName } from '../../functions.ts';
import type { OutcomeName } from '../dialog360/play/outcome-schema.ts';

/** Where a fault strikes. */
export type FaultPlace =
  | { agent: 'slow' | 'down' | 'nonsense' }
  | { provider: { outcome: OutcomeName; code?: number; at_once: boolean } }
  | { webhook: 'twice' | 'reordered' | 'day-late' }
  | { kill: FunctionName };

export interface Fault {
  strikes: FaultPlace;
  /** How many messages a press is for. */
  once: number;
  /** What will be seen. */
  seen: string;
}

/** What can be made to go wrong, in the order in which the panel has it. */
export const FAULTS = {
  'agent-slow': {
    strikes: { agent: 'slow' },
    once: 1,
    seen: 'The agent is reached 10 seconds late: the visitor sees it type, and what the visitor writes meanwhile waits.',
  },
  'agent-down': {
    strikes: { agent: 'down' },
    once: 1,
    seen: 'The agent is not there: it is asked again a little later, and the visitor gets the answer then.',
  },
  'agent-nonsense': {
    strikes: { agent: 'nonsense' },
    once: 1,
    seen: 'The agent answers with a web page instead of JSON: the message stays unanswered, and the way says why.',
  },
  'provider-429': {
    strikes: { provider: { outcome: 'rate-limit', at_once: true } },
    once: 1,
    seen: '360dialog says that too much is sent: the reply waits a little, and goes.',
  },
  'provider-500': {
    strikes: { provider: { outcome: 'error', at_once: true } },
    once: 1,
    seen: '360dialog answers with an error of its own: the reply is tried again, and goes once.',
  },
  'pair-limit': {
    strikes: { provider: { outcome: 'pair-limit', at_once: true } },
    once: 1,
    seen: 'WhatsApp says that this visitor gets messages too fast: the reply waits longer each time.',
  },
  'media-late': {
    strikes: { provider: { outcome: 'media-failed', at_once: false } },
    once: 1,
    seen: 'The message is accepted, and fails later because of its file: write “picture” to see it go another way.',
  },
  'window-late': {
    strikes: { provider: { outcome: 'window-closed', at_once: false } },
    once: 2,
    seen: 'WhatsApp accepts the reply, and says later that the window is closed: the reply is refused.',
  },
  'answer-lost': {
    strikes: { provider: { outcome: 'answer-lost', at_once: false } },
    once: 1,
    seen: 'WhatsApp takes the message, and its answer is lost: the sender learns from the status that it went, and does not send it again.',
  },
  'webhook-twice': {
    strikes: { webhook: 'twice' },
    once: 1,
    seen: 'The message of the visitor comes twice: the agent is asked once.',
  },
  'webhook-reordered': {
    strikes: { webhook: 'reordered' },
    once: 1,
    seen: 'The statuses of the reply come in the wrong order, read before sent: the ticks never go back.',
  },
  'webhook-day-late': {
    strikes: { webhook: 'day-late' },
    once: 1,
    seen: 'The message of the visitor comes a day late: the window is closed by then, and the answer is refused.',
  },
  'kill-worker': {
    strikes: { kill: 'worker' },
    once: 1,
    seen: 'The worker dies once the agent has answered, before it keeps the answer: let 5 minutes pass, and another worker does the job.',
  },
  'kill-sender': {
    strikes: { kill: 'send' },
    once: 1,
    seen: 'The sender dies once WhatsApp has the reply, before it notes that: let 5 minutes pass, and nothing is sent twice.',
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** A fault as the panel shows it. */
export interface FaultState {
  fault: FaultName;
  /** What will be seen. */
  seen: string;
  /** For how many more messages; 0: it is off; null: until it is switched off. */
  left: number | null;
}

import type { Reach } from '../../shared/kernel/http.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import type { Pace } from '../../shared/rules/delivery/pair-limit.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { NoteSend } from '../../shared/store/channel/unheard-sends.ts';
import type { Table } from '../../shared/store/table.ts';
import type { CallGate, CallGates } from '../chain/call-gate.ts';
import type { BlockedChannels } from './blocked-channels.ts';

/** What the sender has before a job is in hand. */
export type SendJobsDeps = Omit<SendDeps, 'gate'> & { gates: CallGates };

/** What the sender's stories touch. */
export interface SendDeps {
  table: Table;
  queues: Queues<'statuses' | 'news'>;
  secrets: Secrets;
  /** Through which the job in hand calls the provider. */
  gate: CallGate;
  reach: Reach;
  /** How fast one visitor may be written to. */
  pace: Pace;
  /** What this instance has seen of blocked channels. */
  blockedChannels: BlockedChannels;
  /** How often a blocked channel is looked at. */
  probeIntervalMs: number;
  /** Notes that the provider took a message, so that silence about it is noticed. */
  noteSend: NoteSend;
  now: () => number;
  /** Resolves after so many milliseconds. */
  pause: (ms: number) => Promise<void>;
  /** From 0 to 1. Spreads the retries of replies refused together, and marks an invocation's writes. */
  chance: () => number;
}

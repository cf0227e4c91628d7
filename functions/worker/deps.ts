import type { AwsKeys } from '../../shared/agent/kind-request.ts';
import type { Reach } from '../../shared/kernel/http.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import type { MediaKey } from '../../shared/rules/agent-event/media-link.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { LastSeenNotes } from '../../shared/store/channel/last-seen.ts';
import type { Table } from '../../shared/store/table.ts';
import type { CallGate, CallGates } from '../chain/call-gate.ts';
import type { FileDeps } from '../chain/file-deps.ts';

/** What the worker has before a job is in hand. */
export type WorkerJobsDeps = Omit<WorkerDeps, 'gate'> & { gates: CallGates };

/** What the worker's stories touch; time and chance are arguments like everything else. */
export interface WorkerDeps {
  table: Table;
  /** When something last came for each channel, for the doctor. */
  lastSeen: LastSeenNotes;
  queues: Queues<'inbound' | 'outbound' | 'news'>;
  secrets: Secrets;
  /** Through which the job in hand calls the agent. */
  gate: CallGate;
  /** What addresses of media are signed with. */
  mediaKey: () => Promise<MediaKey>;
  /** How visitors' files are fetched from 360dialog, for a transcriber. */
  files: Pick<FileDeps, 'breaker' | 'limits'>;
  /** How long the voice notes of one turn may take together to become text, in milliseconds. */
  transcribeMs: number;
  reach: Reach;
  /** The function's own AWS keys, for agents that AWS hosts. */
  awsKeys: AwsKeys;
  /** Where our media endpoint is: origin, and path if any, with no slash at its end. */
  mediaUrl: string;
  now: () => number;
  /** 20 random bytes as hex. */
  newChatId: () => string;
}

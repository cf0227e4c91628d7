import type { AwsKeys } from '../../shared/agent/kind-request.ts';
import type { Reach } from '../../shared/kernel/http.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import type { Concurrency } from '../../shared/rules/doctor/doctor-account.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { Table } from '../../shared/store/table.ts';

/** What the stories of the function channels use. Time and chance are arguments, too. */
export interface ChannelsDeps {
  table: Table;
  /** For what an operator redrives. */
  queues: Queues<'inbound' | 'outbound' | 'statuses' | 'news'>;
  secrets: Secrets;
  /** The address of our own endpoints, without a slash at its end. */
  publicUrl: string;
  reach: Reach;
  /** Epoch milliseconds. */
  now: () => number;
  random: (bytes: number) => Buffer;
  /** How long the calls to the agent and the provider may take (docs/contract.md#operator-to-us). */
  timeLimits: {
    /** One call. */
    callMs: number;
    /** All calls for one answer together: less than 15 s, which include our own work. */
    allMs: number;
    /** The question of a check: the longest that API Gateway leaves it, whatever `agent.timeout_ms` says. */
    askMs: number;
  };
  /** How many functions the account may run at once; null where that cannot be learnt. */
  lambdaLimit: () => Promise<number | null>;
  /** What the stack was deployed with; null on the local runtime. */
  concurrency: Concurrency | null;
  awsKeys: AwsKeys;
}

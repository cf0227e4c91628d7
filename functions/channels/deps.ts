import type { Reach } from '../../shared/kernel/http.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { Table } from '../../shared/store/table.ts';

/** What the stories of the admin endpoint touch; time and chance are arguments like everything else. */
export interface ChannelsDeps {
  table: Table;
  secrets: Secrets;
  /** Where our own endpoints are; no slash at its end. */
  publicUrl: string;
  reach: Reach;
  /** Epoch milliseconds. */
  now: () => number;
  random: (bytes: number) => Buffer;
  timeBudget: {
    /** The longest one call to the agent or the provider may take. */
    callMs: number;
    /** The longest all of them together may take (docs/contract.md#operator-to-us: 15 s, our own work included). */
    allMs: number;
  };
  /** How many functions the account may run at once; null where nobody can say. */
  lambdaLimit: () => Promise<number | null>;
}

import type { Reach } from '../../shared/kernel/http.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { Table } from '../../shared/store/table.ts';
import type { TemplateCache } from './template-cache.ts';
import type { Throttle } from './throttle.ts';

/** What the stories of docs/contract.md#agent-to-us use. Time and chance are arguments, too. */
export interface RequestsDeps {
  table: Table;
  queues: Queues<'inbound' | 'outbound'>;
  secrets: Secrets;
  reach: Reach;
  /** How fast the callers of one channel may come, and how fast secrets may be guessed for it. */
  throttle: { calls: Throttle; guesses: Throttle };
  templateCache: TemplateCache;
  /** Epoch milliseconds. */
  now: () => number;
  /** 20 random bytes as hex. */
  newChatId: () => string;
  /** A random text, never the same twice, for a request that has no key to be repeated under. */
  newNonce: () => string;
}

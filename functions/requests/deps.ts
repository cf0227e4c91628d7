import type { Reach } from '../../shared/kernel/http.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { Table } from '../../shared/store/table.ts';
import type { TemplateShelf } from './list-templates.ts';
import type { Throttle } from './throttle.ts';

/** What the stories of the endpoints of docs/contract.md#agent-to-us touch; time and chance are arguments. */
export interface RequestsDeps {
  table: Table;
  queues: Queues<'inbound' | 'outbound'>;
  secrets: Secrets;
  reach: Reach;
  /** How fast one channel's callers may come, and how fast anybody may try secrets. */
  throttle: { calls: Throttle; guesses: Throttle };
  templates: TemplateShelf;
  /** Epoch milliseconds. */
  now: () => number;
  /** 20 random bytes as hex. */
  newChatId: () => string;
  /** Random, for a request nobody will repeat: never the same twice. */
  newNonce: () => string;
}

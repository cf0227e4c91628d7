// environment → deps → handler
import { randomBytes } from 'node:crypto';
import { openQueues } from '../../shared/queues/queue.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openTable } from '../../shared/store/table.ts';
import { requestsHandler } from './handler.ts';
import { openTemplateCache } from './template-cache.ts';
import { CALLS, GUESSES, openThrottle } from './throttle.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', REACH } = process.env;
const { INBOUND_QUEUE_URL = '', OUTBOUND_QUEUE_URL = '' } = process.env;
const now = () => Date.now();

/** The endpoints of the agent and of external systems: docs/contract.md#agent-to-us. */
export const handler = requestsHandler({
  table: openTable(TABLE_NAME),
  queues: openQueues({ inbound: INBOUND_QUEUE_URL, outbound: OUTBOUND_QUEUE_URL }),
  secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
  reach: REACH === 'local' ? 'local' : 'public',
  throttle: { calls: openThrottle(CALLS, now), guesses: openThrottle(GUESSES, now) },
  templateCache: openTemplateCache(now),
  now,
  newChatId: () => randomBytes(20).toString('hex'),
  newNonce: () => randomBytes(16).toString('hex'),
});

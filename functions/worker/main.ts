import { randomBytes } from 'node:crypto';
import { openQueues } from '../../shared/queues/queue.ts';
import { MEDIA_BREAKER } from '../../shared/rules/media/media-breaker.ts';
import { openMediaKey } from '../../shared/secrets/media-key.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openLastSeen } from '../../shared/store/channel/last-seen.ts';
import { openTable } from '../../shared/store/table.ts';
import { openCallGates } from '../chain/call-gate.ts';
import { workerHandler } from './handler.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', REACH, MEDIA_URL = '' } = process.env;
const { INBOUND_QUEUE_URL = '', OUTBOUND_QUEUE_URL = '', NEWS_QUEUE_URL = '' } = process.env;
const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = process.env;
// SLOTS: how many invocations of this function run at once; set by the stack and the local runtime.
const { SLOTS = '5' } = process.env;
// How long a turn waits for its voice notes as text; the stack leaves it unset, tests make it shorter
// (infra/local/tuning.ts).
const { TRANSCRIBE_MS = '20000' } = process.env;
const table = openTable(TABLE_NAME);
const reach = REACH === 'local' ? 'local' : 'public';
const now = () => Date.now();

const chance = () => Math.random();

export const handler = workerHandler({
  table,
  gates: openCallGates({ table, pool: 'worker', slots: Number(SLOTS), now, chance }),
  lastSeen: openLastSeen(table, now),
  queues: openQueues({
    inbound: INBOUND_QUEUE_URL,
    outbound: OUTBOUND_QUEUE_URL,
    news: NEWS_QUEUE_URL,
  }),
  secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
  mediaKey: openMediaKey({ prefix: PARAMETER_PREFIX }),
  mediaUrl: MEDIA_URL,
  awsKeys: () => ({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  }),
  files: {
    breaker: MEDIA_BREAKER,
    limits: { reach, lookUpMs: 10_000, answerMs: 20_000, idleMs: 20_000 },
  },
  transcribeMs: Number(TRANSCRIBE_MS),
  reach,
  now,
  newChatId: () => randomBytes(20).toString('hex'),
});

// environment → deps → handler
import { randomBytes } from 'node:crypto';
import { withoutSlashes } from '../../shared/kernel/without-slashes.ts';
import { openQueues } from '../../shared/queues/queue.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openTable } from '../../shared/store/table.ts';
import { channelsHandler } from './handler.ts';
import { readLambdaLimit } from './read-lambda-limit.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', PUBLIC_URL = '', REACH } = process.env;
const { AWS_REGION = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = process.env;
const { AWS_SESSION_TOKEN, AWS_ENDPOINT_URL_LAMBDA } = process.env;
const { INBOUND_QUEUE_URL = '', OUTBOUND_QUEUE_URL = '' } = process.env;
const { STATUSES_QUEUE_URL = '', NEWS_QUEUE_URL = '' } = process.env;
const { CONCURRENCY, WORKER_SLOTS } = process.env;

/** In the cloud the credentials in the environment are valid for as long as this function runs. */
const credentials = {
  accessKeyId: AWS_ACCESS_KEY_ID,
  secretAccessKey: AWS_SECRET_ACCESS_KEY,
  ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
};

/** On the local runtime there is no account. */
const lambdaLimit =
  REACH === 'local'
    ? async () => null
    : () =>
        readLambdaLimit({
          region: AWS_REGION,
          credentials,
          reach: 'public',
          timeoutMs: 3_000,
          endpoint: AWS_ENDPOINT_URL_LAMBDA,
        });

/** The admin endpoints: docs/contract.md#operator-to-us. */
export const handler = channelsHandler({
  table: openTable(TABLE_NAME),
  queues: openQueues({
    inbound: INBOUND_QUEUE_URL,
    outbound: OUTBOUND_QUEUE_URL,
    statuses: STATUSES_QUEUE_URL,
    news: NEWS_QUEUE_URL,
  }),
  secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
  publicUrl: withoutSlashes(PUBLIC_URL),
  reach: REACH === 'local' ? 'local' : 'public',
  now: Date.now,
  random: randomBytes,
  // 5 s for each of at most three calls in a row; the last second of 15 is for our own work.
  // The question of a check goes beside them, and the function has 29 s.
  timeLimits: { callMs: 5_000, allMs: 14_000, askMs: 24_000 },
  lambdaLimit,
  awsKeys: () => credentials,
  concurrency:
    CONCURRENCY && WORKER_SLOTS
      ? { all: Number(CONCURRENCY), workers: Number(WORKER_SLOTS) }
      : null,
});

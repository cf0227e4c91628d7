import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll } from 'vitest';
import type { GiveUp } from '../../../functions/chain/failed-job.ts';
import { type JobEnd, queueHandler } from '../../../functions/chain/queue.ts';
import { json } from '../../../infra/local/http/serve.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { type TestTable, useTable } from '../../support/table.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
export const HOUR = 3_600_000;

export type Story = (job: unknown) => Promise<JobEnd>;

/** A record with a job, as SQS hands it over. */
export function record(
  id: string,
  job: object | string,
  { ageMs = 0, receives = 1 } = {},
): SQSRecord {
  return {
    messageId: id,
    receiptHandle: `handle-${id}`,
    body: typeof job === 'string' ? job : JSON.stringify(job),
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(NOW - ageMs),
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
    },
  };
}

const nothingElse: GiveUp = async () => 'ended';

interface JobStage {
  table: TestTable;
  /** Runs one batch, so many milliseconds from now, and says which records come again, and after how many seconds. */
  run(
    records: SQSRecord[],
    story: Story,
    more?: { after?: number; giveUp?: GiveUp },
  ): Promise<{ again: string[]; waits: unknown[][] }>;
  letters(channelId: string): Promise<Record<string, unknown>[]>;
}

/** The handler of a queue, against an embedded table. */
export function openJobStage(): JobStage {
  const table = useTable();
  let sqs: SqsDouble;
  beforeAll(async () => {
    sqs = await startSqsDouble(() => json(200, {}));
    process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
  });
  afterAll(async () => {
    delete process.env.AWS_ENDPOINT_URL_SQS;
    await sqs.stop();
  });
  return {
    table,
    letters: (channelId) => table.lookAll(`DEAD#${channelId}`),
    async run(records, story, { after = 0, giveUp = nothingElse } = {}) {
      const before = sqs.calls.length;
      const { inbound: queue } = openQueues({ inbound: `${sqs.url}/1/jobs` });
      const source = { name: 'inbound' as const, queue, table, now: () => NOW + after };
      const handler = queueHandler(source, { story, giveUp });
      const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 1_000 };
      const answer = await handler({ Records: records } satisfies SQSEvent, context as never);
      const again = answer.batchItemFailures.map((one) => one.itemIdentifier);
      const calls = sqs.calls.slice(before);
      const waits = calls.map(({ input }) => [input.ReceiptHandle, input.VisibilityTimeout]);
      return { again, waits };
    },
  };
}

export const fails = (error: Error) => async (): Promise<JobEnd> => {
  throw error;
};
export const waits: Story = async () => ({ waitMs: 60_000 });

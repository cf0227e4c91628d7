import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { SweepDeps } from '../../../functions/sweep/deps.ts';
import type {
  DueJob,
  NotificationJob,
  ProbeJob,
  ReleaseJob,
} from '../../../shared/contract/jobs.ts';
import { idOf } from '../../../shared/kernel/hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { schedule } from '../../../shared/store/due.ts';
import { deleteItem } from '../../../shared/store/table.ts';
import { type SqsDouble, type SqsScript, startSqsDouble } from '../../support/sqs-double.ts';
import { type TestTable, useTable } from '../../support/table.ts';

export const NOW = Date.parse('2026-11-22T10:00:00Z');
export const MINUTE = 60_000;
export const OUTBOUND = 'https://sqs.example/outbound.fifo';
export const STATUSES = 'https://sqs.example/statuses';

export const release: ReleaseJob = { kind: 'release', channel_id: 'ch_1', chat_id: 'c1' };
export const notification: NotificationJob = {
  kind: 'notification',
  channel_id: 'ch_1',
  reply_id: 'rep_1',
  time_up: true,
};
export const probe: ProbeJob = { kind: 'probe', channel_id: 'ch_1' };

export interface SweepStage {
  deps: SweepDeps;
  table: TestTable;
  sqs: SqsDouble;
  /** How SQS behaves until the test ends. */
  sqsDoes(script: SqsScript): void;
  /** Schedules a job, for a second ago unless `at` is given. Resolves to its id. */
  due(job: DueJob, at?: number): Promise<string>;
  /** The ids of the jobs that still wait, sorted. */
  left(): Promise<string[]>;
  /** The entries SQS was given for one queue. */
  queued(url: string): (SqsDouble['calls'][0]['input']['Entries'][0] & { job: DueJob })[];
}

/** The sweep with the real SDK, on an embedded DynamoDB and an SQS that follows a script. */
export function openSweepStage(): SweepStage {
  const table = useTable();
  const stage = { table } as SweepStage;
  const works: SqsScript = () => ({ fails: [] });
  let script = works;
  let made = 0;
  beforeAll(async () => {
    log.setLogLevel('SILENT');
    const sqs = await startSqsDouble((call) => script(call));
    process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
    const queues = openQueues({ outbound: OUTBOUND, statuses: STATUSES });
    Object.assign(stage, {
      sqs,
      deps: {
        table,
        queues,
        settleMs: 5 * MINUTE,
        lookForDark: async () => {},
        now: () => NOW,
      } satisfies SweepDeps,
    });
  });
  beforeEach(async () => {
    script = works;
    for (const { pk, sk } of await table.everything()) {
      await deleteItem(table, { pk: String(pk), sk: String(sk) });
    }
    stage.sqs.calls.length = 0;
  });
  afterAll(() => stage.sqs.stop());

  stage.sqsDoes = (does) => {
    script = does;
  };
  stage.due = async (job, at = NOW - 1_000) => {
    const id = idOf('due', ++made);
    await schedule(table, { id, at, job });
    return id;
  };
  stage.left = async () => (await table.everything()).map(({ id }) => String(id)).toSorted();
  stage.queued = (url) =>
    stage.sqs.calls
      .filter(({ input }) => input.QueueUrl === url)
      .flatMap(({ input }) => input.Entries)
      .map((entry) => ({ ...entry, job: JSON.parse(entry.MessageBody) as DueJob }));
  return stage;
}

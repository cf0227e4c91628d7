import type { Context, SQSEvent } from 'aws-lambda';
import { expect, onTestFinished, test } from 'vitest';
import type { CallGates } from '../../../functions/chain/call-gate.ts';
import { newsHandler } from '../../../functions/news/handler.ts';
import { json } from '../../../infra/local/http/serve.ts';
import type { NewsJob } from '../../../shared/contract/jobs.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { startSqsDouble } from '../../support/sqs-double.ts';
import { useTable } from '../../support/table.ts';
import { record } from '../chain/job-stage.ts';

const table = useTable();

test('news of a channel without a slot waits for one read, before anything else is looked up', async () => {
  const sqs = await startSqsDouble(() => json(200, {}));
  process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
  onTestFinished(async () => {
    delete process.env.AWS_ENDPOINT_URL_SQS;
    await sqs.stop();
  });
  await putItem(table, { ...channelKey('ch_1'), id: 'ch_1', version: 1, active: true });
  const gates: CallGates = () => ({
    turnAway: async () => 4_000,
    call: () => Promise.reject(new Error('the agent is not to be called')),
  });
  const handler = newsHandler({
    table,
    gates,
    queues: openQueues({ news: `${sqs.url}/1/news` }),
    secrets: { read: () => Promise.reject(new Error('no secret is needed')) } as never,
    reach: 'local',
    now: () => 1_000,
  });
  const job: NewsJob = {
    kind: 'handover',
    channel_id: 'ch_1',
    chat_id: 'c1',
    turn_id: 'evt_1',
    at: 1,
  };
  table.calls.splice(0);
  const event: SQSEvent = { Records: [record('m1', job, { receives: 2 })] };
  expect(await handler(event, {} as Context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
  expect(table.calls).toEqual(['GetItem']);
});

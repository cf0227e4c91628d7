import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { channelKey, mediaMissesKey } from '../../shared/store/keys.ts';
import type { ChannelSecrets } from '../constructs/channel-secrets.ts';
import type { ChannelTable } from '../constructs/channel-table.ts';
import type { JobQueue } from '../constructs/job-queue.ts';
import type { LambdaAccount } from '../constructs/lambda-account.ts';
import type { FunctionName, QueueName } from '../functions.ts';

interface Things {
  table: ChannelTable;
  secrets: ChannelSecrets;
  account: LambdaAccount;
  queues: Record<QueueName, JobQueue>;
}

/**
 * What each function may do. Two rights are given elsewhere: each function writes its own log, and
 * takes jobs from the queue that triggers it.
 */
export function grantPermissions(
  { table, secrets, account, queues }: Things,
  {
    webhook,
    worker,
    send,
    statuses,
    news,
    requests,
    media,
    channels,
    sweep,
  }: Record<FunctionName, IGrantable>,
): void {
  table.letRead(webhook);
  queues.inbound.letSend(webhook);
  queues.statuses.letSend(webhook);

  table.letWrite(worker);
  table.letRemove(worker);
  secrets.letRead(worker);
  secrets.letMakeMediaKey(worker);
  queues.outbound.letSend(worker);
  queues.news.letSend(worker);

  table.letWrite(send);
  table.letRemove(send);
  secrets.letRead(send);
  queues.statuses.letSend(send);
  queues.news.letSend(send);

  table.letWrite(statuses);
  table.letRemove(statuses);
  secrets.letRead(statuses);
  queues.inbound.letSend(statuses);
  queues.outbound.letSend(statuses);
  queues.news.letSend(statuses);

  table.letWrite(news);
  secrets.letRead(news);

  table.letWrite(requests);
  table.letRemove(requests);
  secrets.letRead(requests);
  queues.inbound.letSend(requests);
  queues.outbound.letSend(requests);

  const [anyChannel, anyMisses] = [channelKey('*').pk, mediaMissesKey('*').pk];
  table.letServe(media, { reads: [anyChannel, anyMisses], updates: [anyMisses] });
  secrets.letRead(media);

  table.letWrite(channels);
  table.letRemove(channels);
  table.letList(channels);
  secrets.letKeep(channels);
  account.letAsk(channels);

  table.letList(sweep);
  table.letRemove(sweep);
  queues.outbound.letSend(sweep);
  queues.statuses.letSend(sweep);
}

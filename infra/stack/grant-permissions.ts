import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ChannelSecrets } from '../constructs/channel-secrets.ts';
import type { ChannelTable } from '../constructs/channel-table.ts';
import type { JobQueue } from '../constructs/job-queue.ts';
import type { LambdaAccount } from '../constructs/lambda-account.ts';
import type { FunctionName, QueueName } from '../functions.ts';
import { TABLE_RIGHTS } from '../table-rights.ts';

interface Things {
  table: ChannelTable;
  secrets: ChannelSecrets;
  account: LambdaAccount;
  queues: Record<QueueName, JobQueue>;
  /** ARNs. */
  agentCoreRuntimes: string[];
}

/**
 * What each function may do; its rights in the table stand in infra/table-rights.ts. Two rights are given
 * elsewhere: each function writes its own log, and takes jobs from the queue that triggers it.
 */
export function grantPermissions(
  { table, secrets, account, queues, agentCoreRuntimes }: Things,
  functions: Record<FunctionName, IGrantable>,
): void {
  for (const [name, rights] of Object.entries(TABLE_RIGHTS)) {
    table.let(functions[name as FunctionName], rights);
  }

  const { webhook, worker, send, statuses, news, requests, media, channels, sweep } = functions;
  queues.inbound.letSend(webhook);
  queues.statuses.letSend(webhook);

  secrets.letRead(worker);
  secrets.letMakeMediaKey(worker);
  queues.inbound.letSend(worker);
  queues.outbound.letSend(worker);
  queues.news.letSend(worker);
  if (agentCoreRuntimes.length > 0) {
    // Also for the endpoints of a runtime, of which a qualifier names one.
    const resources = agentCoreRuntimes.flatMap((arn) => [arn, `${arn}/runtime-endpoint/*`]);
    const invoke = ['bedrock-agentcore:InvokeAgentRuntime'];
    // The admin endpoints ask the question of a check.
    for (const { grantPrincipal } of [worker, channels]) {
      grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: invoke, resources }));
    }
  }

  secrets.letRead(send);
  queues.statuses.letSend(send);
  queues.news.letSend(send);

  secrets.letRead(statuses);
  queues.inbound.letSend(statuses);
  queues.outbound.letSend(statuses);
  queues.news.letSend(statuses);

  secrets.letRead(news);

  secrets.letRead(requests);
  queues.inbound.letSend(requests);
  queues.outbound.letSend(requests);

  secrets.letRead(media);

  secrets.letKeep(channels);
  account.letAsk(channels);
  for (const queue of Object.values(queues)) queue.letSend(channels); // what an operator redrives

  queues.outbound.letSend(sweep);
  queues.statuses.letSend(sweep);
}

import { ArnFormat, CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Alarms } from '../constructs/alarms.ts';
import type { ChannelTable } from '../constructs/channel-table.ts';
import type { JobQueue } from '../constructs/job-queue.ts';
import type { MediaUrl } from '../constructs/media-url.ts';
import type { PublicApi } from '../constructs/public-api.ts';
import type { QueueName } from '../functions.ts';

interface Things {
  table: ChannelTable;
  queues: Record<QueueName, JobQueue>;
  api: PublicApi;
  media: MediaUrl;
  alarms: Alarms;
}

/** What `cdk deploy` prints: what an operator needs next, and what the runbook asks for. */
export function showOutputs(stack: Stack, { table, queues, api, media, alarms }: Things): void {
  const show = (name: string, value: string, description: string) =>
    new CfnOutput(stack, name, { value, description });

  show('ApiUrl', api.url, 'The address of all endpoints');
  show(
    'WebhookUrlPattern',
    `${api.url}/webhooks/{channel_id}/{webhook_token}`,
    'What activating a channel registers at 360dialog; the admin endpoints answer with the whole URL',
  );
  show('MediaUrl', media.url, 'Where the files that visitors send are read, by signed addresses');
  if (api.domainTarget) {
    show('DomainTarget', api.domainTarget, 'What the CNAME of your own domain must point at');
  }
  show(
    'AdminArn',
    stack.formatArn({
      service: 'execute-api',
      resource: api.httpApi.apiId,
      resourceName: '*/*/admin/*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    }),
    'Allow execute-api:Invoke on this to those who look after channels',
  );
  show('TableName', table.table.tableName, 'Everything the product remembers');
  for (const [name, { queue, deadLetters }] of Object.entries(queues)) {
    const word = `${name[0]?.toUpperCase()}${name.slice(1)}`;
    show(`${word}QueueUrl`, queue.queueUrl, `Jobs of the ${name} queue`);
    show(`${word}DeadLettersArn`, deadLetters.queueArn, `Jobs of ${name} that crashed every time`);
  }
  show('AlarmTopicArn', alarms.topic.topicArn, 'Subscribe to hear when an alarm rings');
}

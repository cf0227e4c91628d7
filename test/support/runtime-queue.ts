import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { credentialsOf } from '../../infra/local/aws/client-options.ts';

interface Job {
  body: unknown;
  group?: string;
}

/** Calls the queues of the local runtime as a function named `test` would. */
export function queueClient(endpoint: string) {
  const client = new SQSClient({
    endpoint,
    region: 'eu-central-1',
    credentials: credentialsOf('test'),
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
  });
  let sent = 0;
  return {
    client,
    send: (queueUrl: string, ...jobs: Job[]) =>
      client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: jobs.map(({ body, group }) => {
            sent += 1;
            return {
              Id: String(sent),
              MessageBody: JSON.stringify(body),
              ...(group && { MessageGroupId: group, MessageDeduplicationId: `test-${sent}` }),
            };
          }),
        }),
      ),
    receive: async (queueUrl: string, max = 10) => {
      const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: max });
      return (await client.send(receive)).Messages ?? [];
    },
  };
}

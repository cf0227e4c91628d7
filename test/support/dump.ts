import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import type { Journey } from './journey.ts';

/**
 * Everything the product holds, as text: every item of the table, what is in the queues, and the
 * parameters. What stands there in base64 or hex stands in the dump decoded as well, so that a phone
 * within one of WhatsApp's ids is found. `at`: only what DynamoDB would still hold then (epoch
 * milliseconds).
 */
export async function dump({ runtime, channel }: Journey, at = 0): Promise<string> {
  const kept = await Promise.all([
    itemsOf(runtime.aws, at),
    jobsIn(runtime.aws),
    parametersOf(runtime.aws, [channel.id, 'media-key']),
  ]);
  const text = JSON.stringify(kept, (_, value) => (value instanceof Set ? [...value] : value));
  return [text, ...decoded(text)].join('\n');
}

async function itemsOf({ endpoints, tableName }: Journey['runtime']['aws'], at: number) {
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(endpoints.dynamodb)));
  const items: Record<string, unknown>[] = [];
  for (let ExclusiveStartKey: Record<string, unknown> | undefined; ; ) {
    const page = await table.send(new ScanCommand({ TableName: tableName, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (!ExclusiveStartKey) break;
  }
  table.destroy();
  return items.filter(
    ({ expires_at }) => Number(expires_at ?? Number.POSITIVE_INFINITY) * 1000 > at,
  );
}

async function jobsIn({ endpoints, queueUrls }: Journey['runtime']['aws']) {
  const options = { ...clientOptions(endpoints.sqs), useQueueUrlAsEndpoint: false };
  const client = new SQSClient(options);
  const ask = (QueueUrl: string) =>
    client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  const answers = await Promise.all(Object.values(queueUrls).map(ask));
  client.destroy();
  return answers.flatMap(({ Messages }) => Messages ?? []);
}

async function parametersOf({ endpoints }: Journey['runtime']['aws'], names: string[]) {
  const client = new SSMClient(clientOptions(endpoints.ssm));
  const read = (name: string) =>
    client
      .send(new GetParameterCommand({ Name: `${PREFIX}${name}`, WithDecryption: true }))
      .catch(() => null);
  const answers = await Promise.all(names.map(read));
  client.destroy();
  return answers.map((answer) => answer?.Parameter ?? null);
}

const PREFIX = '/local/channels/';

/** Every run of letters that may be base64 or hex, decoded from its beginning and from within. */
const decoded = (text: string): string[] =>
  (text.match(/[A-Za-z0-9+/_=-]{16,}/g) ?? []).flatMap((word) => [
    Buffer.from(word, 'base64').toString('latin1'),
    ...(/^[0-9a-f]+$/.test(word) ? [Buffer.from(word, 'hex').toString('latin1')] : []),
  ]);

import { channelKey } from '../../../shared/store/keys.ts';
import { clientOptions } from '../aws/client-options.ts';
import type { LocalAws } from '../aws/start-aws.ts';
import { problemAnswer } from '../http/problem-answer.ts';
import type { HttpAnswer } from '../http/serve.ts';
import { PARAMETER_PREFIX } from '../lambda/environment.ts';

/** The demo channel's agent secret as it is now, as text, so that a command can give it to an agent. */
export async function agentSecret(
  aws: Pick<LocalAws, 'endpoints' | 'tableName'>,
  demo: { channelId: string } | null,
): Promise<HttpAnswer> {
  const body = demo && (await agentSecretOf(aws, demo.channelId));
  return body === null
    ? problemAnswer(
        404,
        'channel-unknown',
        'There is no demo channel. npm start without --no-demo makes one.',
      )
    : { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/**
 * The secret with which the events of a channel are signed now: the page and the command line may have rotated it, also
 * in an earlier run. Null: the channel was deleted.
 */
export async function agentSecretOf(
  { endpoints, tableName }: Pick<LocalAws, 'endpoints' | 'tableName'>,
  channelId: string,
): Promise<string | null> {
  // The clients are large, and most runs never ask.
  const [{ DynamoDBClient, GetItemCommand }, { GetParameterCommand, SSMClient }] =
    await Promise.all([import('@aws-sdk/client-dynamodb'), import('@aws-sdk/client-ssm')]);
  const dynamodb = new DynamoDBClient(clientOptions(endpoints.dynamodb));
  const ssm = new SSMClient(clientOptions(endpoints.ssm));
  try {
    const { pk, sk } = channelKey(channelId);
    const { Item: row } = await dynamodb.send(
      new GetItemCommand({
        TableName: tableName,
        Key: { pk: { S: pk }, sk: { S: sk } },
        ConsistentRead: true,
      }),
    );
    if (!row || row.deleted_at) return null;
    const { Parameter } = await ssm.send(
      new GetParameterCommand({
        Name: `${PARAMETER_PREFIX}/${channelId}:${row.secret_version?.N}`,
        WithDecryption: true,
      }),
    );
    return JSON.parse(Parameter?.Value ?? '{}').agent_secret ?? null;
  } finally {
    dynamodb.destroy();
    ssm.destroy();
  }
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import type { Journey } from './journey.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The visitor's last message becomes a day older, and so does what the chat keeps for its agent. */
export async function letDayPass({ runtime, items }: Journey, phone: string): Promise<void> {
  const chat = (await items('CHAT#')).find((row) => row.phone === phone);
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient(clientOptions(runtime.aws.endpoints.dynamodb)),
  );
  const keeps = Object(chat?.agent_session).at !== undefined;
  const update = new UpdateCommand({
    TableName: runtime.aws.tableName,
    Key: { pk: chat?.pk, sk: chat?.sk },
    UpdateExpression: `SET last_inbound_at = last_inbound_at - :day${keeps ? ', agent_session.#at = agent_session.#at - :day' : ''}`,
    ...(keeps && { ExpressionAttributeNames: { '#at': 'at' } }),
    ExpressionAttributeValues: { ':day': DAY_MS },
  });
  await client.send(update);
  client.destroy();
}

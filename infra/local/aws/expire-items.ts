import { DeleteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { TABLE } from '../../table.ts';
import { clientOptions } from './client-options.ts';

/**
 * Removes the items whose time is over, as DynamoDB does within some days. One that was written again
 * meanwhile stays.
 */
export async function expireItems(url: string, tableName: string, now: number): Promise<void> {
  const { partitionKey, sortKey, ttl } = TABLE;
  const client = new DynamoDBClient(clientOptions(url));
  const seconds = { N: String(Math.floor(now / 1000)) };
  const over = {
    TableName: tableName,
    FilterExpression: '#ttl <= :now',
    ProjectionExpression: `${partitionKey}, ${sortKey}`,
    ExpressionAttributeNames: { '#ttl': ttl },
    ExpressionAttributeValues: { ':now': seconds },
  };
  try {
    for await (const { Items = [] } of paginateScan({ client }, over)) {
      for (const Key of Items) {
        const remove = new DeleteItemCommand({
          TableName: tableName,
          Key,
          ConditionExpression: '#ttl <= :now',
          ExpressionAttributeNames: { '#ttl': ttl },
          ExpressionAttributeValues: { ':now': seconds },
        });
        await client.send(remove).catch((error: Error) => {
          if (error.name !== 'ConditionalCheckFailedException') throw error;
        });
      }
    }
  } finally {
    client.destroy();
  }
}

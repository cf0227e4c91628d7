import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { TABLE } from '../../infra/table.ts';
import { type Aws, type Behaviour, errorOf, fresh, isRefused } from './behaviour.ts';

const keyOf = (name: string) => ({ pk: { S: name }, sk: { S: 'X' } });

const put = ({ dynamodb, table }: Aws, item: object, more: object = {}) =>
  dynamodb.send(new PutItemCommand({ TableName: table, Item: item as never, ...more }));
const update = ({ dynamodb, table }: Aws, name: string, expression: string, more: object = {}) =>
  dynamodb.send(
    new UpdateItemCommand({
      TableName: table,
      Key: keyOf(name),
      UpdateExpression: expression,
      ReturnValues: 'ALL_NEW',
      ...more,
    }),
  );
const get = async ({ dynamodb, table }: Aws, name: string) => {
  const Key = keyOf(name);
  return (await dynamodb.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })))
    .Item;
};
const ONE = { ExpressionAttributeValues: { ':one': { N: '1' } } };

/** What the store relies on. */
export const dynamodbBehaviours: Behaviour[] = [
  {
    service: 'DynamoDB',
    what: 'A write whose condition does not hold is refused by that name, and changes nothing',
    where: 'shared/store/table.ts',
    holds: async (aws) => {
      const name = fresh('item');
      await put(aws, { ...keyOf(name), a: { S: 'first' } });
      const again = put(aws, keyOf(name), { ConditionExpression: 'attribute_not_exists(pk)' });
      const error = await errorOf(again);
      return (
        error === 'ConditionalCheckFailedException' && (await get(aws, name))?.a?.S === 'first'
      );
    },
  },
  {
    service: 'DynamoDB',
    what: 'A deletion whose condition does not hold is refused, also of an item that is not there',
    where: 'shared/store/table.ts',
    holds: async (aws) => {
      const call = aws.dynamodb.send(
        new DeleteItemCommand({
          TableName: aws.table,
          Key: keyOf(fresh('item')),
          ConditionExpression: 'attribute_exists(pk)',
        }),
      );
      return (await errorOf(call)) === 'ConditionalCheckFailedException';
    },
  },
  {
    service: 'DynamoDB',
    what: 'An update makes an item that is not there, and returns it as it is then',
    where: 'shared/store/chat/chat-upsert.ts',
    holds: async (aws) => {
      const { Attributes } = await update(
        aws,
        fresh('item'),
        'SET a = if_not_exists(a, :one)',
        ONE,
      );
      return Attributes?.a?.N === '1' && Attributes.pk !== undefined;
    },
  },
  {
    service: 'DynamoDB',
    what: '`if_not_exists` keeps what is there; an attribute that is removed twice is no error',
    where: 'shared/store/chat/chat-erasure.ts',
    holds: async (aws) => {
      const name = fresh('item');
      await put(aws, { ...keyOf(name), a: { N: '7' } });
      await update(aws, name, 'SET a = if_not_exists(a, :one) REMOVE b', ONE);
      const { Attributes } = await update(aws, name, 'REMOVE b');
      return Attributes?.a?.N === '7';
    },
  },
  {
    service: 'DynamoDB',
    what: 'Ten additions at once are all counted',
    where: 'shared/store/channel/call-slots.ts',
    holds: async (aws) => {
      const name = fresh('item');
      await Promise.all(Array.from({ length: 10 }, () => update(aws, name, 'ADD n :one', ONE)));
      return (await get(aws, name))?.n?.N === '10';
    },
  },
  {
    service: 'DynamoDB',
    what: 'Of ten writes at once under one condition exactly one is done',
    where: 'shared/store/turns.ts',
    holds: async (aws) => {
      const item = keyOf(fresh('item'));
      const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
      const all = Array.from({ length: 10 }, () => errorOf(put(aws, item, condition)));
      return (await Promise.all(all)).filter((error) => error === null).length === 1;
    },
  },
  {
    service: 'DynamoDB',
    what: 'An expression with a mistake is refused and not carried out',
    where: 'shared/store/table.ts',
    holds: async (aws) =>
      (await errorOf(update(aws, fresh('item'), 'SET nonsense'))) === 'ValidationException',
  },
  {
    service: 'DynamoDB',
    what: 'An item over 400 KB is refused, one a little under it is taken',
    where: 'shared/whatsapp/inbound/fit-item.ts',
    holds: async (aws) => {
      const item = (bytes: number) => ({ ...keyOf(fresh('item')), a: { S: 'a'.repeat(bytes) } });
      return (
        !(await isRefused(put(aws, item(400 * 1024 - 200)))) &&
        isRefused(put(aws, item(400 * 1024)))
      );
    },
  },
  {
    service: 'DynamoDB',
    what: 'A partition key over 2048 bytes and a sort key over 1024 are refused, and so is an empty one',
    where: 'shared/store/keys.ts',
    holds: async (aws) => {
      const item = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
      const wrong = [item('a'.repeat(2049), 'a'), item('a', 'a'.repeat(1025)), item('', 'a')];
      const all = await Promise.all(wrong.map((one) => isRefused(put(aws, one))));
      return (
        all.every(Boolean) && !(await isRefused(put(aws, item('a'.repeat(2048), 'a'.repeat(1024)))))
      );
    },
  },
  {
    service: 'DynamoDB',
    what: 'A number of more than 38 digits and one beyond 1e126 are refused',
    where: 'shared/store/dead-letters.ts',
    holds: async (aws) => {
      const item = (N: string) => ({ ...keyOf(fresh('item')), a: { N } });
      const wrong = [item('1'.repeat(39)), item('1e126')];
      return (await Promise.all(wrong.map((one) => isRefused(put(aws, one))))).every(Boolean);
    },
  },
  {
    service: 'DynamoDB',
    what: 'An empty set is refused; `contains` finds a member of a set',
    where: 'shared/store/dead-letters.ts',
    holds: async (aws) => {
      const name = fresh('item');
      await put(aws, { ...keyOf(name), s: { SS: ['a', 'b'] } });
      const values = { ExpressionAttributeValues: { ':one': { S: 'b' } } };
      const condition = { ConditionExpression: 'contains(s, :one)' };
      const found = await errorOf(update(aws, name, 'SET t = :one', { ...values, ...condition }));
      return found === null && isRefused(put(aws, { ...keyOf(fresh('item')), s: { SS: [] } }));
    },
  },
  {
    service: 'DynamoDB',
    what: 'The index lists in the order of its sort key, in pages that go on where the last one ended',
    where: 'shared/store/due.ts',
    holds: async (aws) => {
      const list = fresh('list');
      for (const at of ['3', '1', '2']) {
        await put(aws, { ...keyOf(fresh('item')), gsi_pk: { S: list }, gsi_sk: { S: at } });
      }
      const page = (ExclusiveStartKey?: never) =>
        aws.dynamodb.send(
          new QueryCommand({
            TableName: aws.table,
            IndexName: TABLE.index.name,
            KeyConditionExpression: 'gsi_pk = :list',
            ExpressionAttributeValues: { ':list': { S: list } },
            Limit: 2,
            ExclusiveStartKey,
          }),
        );
      const first = await page();
      const second = await page(first.LastEvaluatedKey as never);
      const order = [...(first.Items ?? []), ...(second.Items ?? [])].map(
        ({ gsi_sk }) => gsi_sk?.S,
      );
      return order.join() === '1,2,3' && second.LastEvaluatedKey === undefined;
    },
  },
];

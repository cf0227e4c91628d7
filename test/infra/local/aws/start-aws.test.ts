import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { QUEUES } from '../../../../infra/functions.ts';
import { credentialsOf } from '../../../../infra/local/aws/client-options.ts';
import type { AwsCall, Verdict } from '../../../../infra/local/aws/intercept.ts';
import { type LocalAws, startAws } from '../../../../infra/local/aws/start-aws.ts';
import { queueClient } from '../../../support/runtime-queue.ts';

const as = (caller: string, endpoint: string) => ({
  endpoint,
  region: 'eu-central-1',
  credentials: credentialsOf(caller),
  maxAttempts: 1,
});

let aws: LocalAws;
beforeAll(async () => {
  aws = await startAws(null, QUEUES);
});
afterAll(() => aws.stop());
beforeEach(() => aws.hooks.clear());

const table = (caller = 'test') => new DynamoDBClient(as(caller, aws.endpoints.dynamodb));
const put = (pk: string, client = table(), more: { abortSignal?: AbortSignal } = {}) =>
  client.send(
    new PutItemCommand({ TableName: aws.tableName, Item: { pk: { S: pk }, sk: { S: 'x' } } }),
    more,
  );
const get = async (pk: string) =>
  (
    await table().send(
      new GetItemCommand({ TableName: aws.tableName, Key: { pk: { S: pk }, sk: { S: 'x' } } }),
    )
  ).Item;

test('the table has the keys and the index of the stack', async () => {
  const { Table } = await table().send(new DescribeTableCommand({ TableName: aws.tableName }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'index',
        KeySchema: [
          { AttributeName: 'gsi_pk', KeyType: 'HASH' },
          { AttributeName: 'gsi_sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
});

test('each queue keeps jobs as long as the deployed one, and has a dead-letter queue for those that crash', async () => {
  const { client } = queueClient(aws.endpoints.sqs);
  const attributes = async (QueueUrl: string) =>
    (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })))
      .Attributes;
  for (const [name, spec] of Object.entries(QUEUES)) {
    const found = await attributes(aws.queues.queueUrls[name as keyof typeof QUEUES]);
    const dead = `arn:aws:sqs:eu-central-1:000000000000:${name}-dead${spec.fifo ? '.fifo' : ''}`;
    expect(found).toMatchObject({
      VisibilityTimeout: String(spec.visibilitySeconds),
      MessageRetentionPeriod: String(14 * 24 * 60 * 60),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 1000 }),
    });
    expect(found?.FifoQueue).toBe(spec.fifo ? 'true' : undefined);
  }
});

describe('a hook between functions and AWS', () => {
  test('sees which function calls what, before and after the call', async () => {
    const calls: AwsCall[] = [];
    aws.hooks.add((call) => {
      calls.push(call);
      return 'pass';
    });
    await put('ALIAS#seen', table('worker'));
    expect(calls).toEqual([
      { service: 'dynamodb', operation: 'PutItem', caller: 'worker', moment: 'before' },
      { service: 'dynamodb', operation: 'PutItem', caller: 'worker', moment: 'after' },
    ]);
  });

  // biome-ignore format: a table reads by column
  const verdicts = [
    { verdict: 'fail',   moment: 'before', carriedOut: false, callerSees: 'InternalServerError' },
    { verdict: 'fail',   moment: 'after',  carriedOut: true,  callerSees: 'TimeoutError' },
    { verdict: 'refuse', moment: 'before', carriedOut: false, callerSees: 'AccessDeniedException' },
    { verdict: 'refuse', moment: 'after',  carriedOut: true,  callerSees: 'TimeoutError' },
    { verdict: 'hang',   moment: 'before', carriedOut: false, callerSees: 'AbortError' },
    { verdict: 'hang',   moment: 'after',  carriedOut: true,  callerSees: 'AbortError' },
  ] as const;

  test.each(
    verdicts,
  )('with the verdict $verdict $moment the call: is carried out: $carriedOut', async (wanted) => {
    const { verdict, moment, carriedOut, callerSees } = wanted;
    const pk = `${verdict} ${moment}`;
    aws.hooks.add(async (call): Promise<Verdict> => (call.moment === moment ? verdict : 'pass'));
    const timeout = { abortSignal: AbortSignal.timeout(150) };
    await expect(put(pk, table(), timeout)).rejects.toMatchObject({ name: callerSees });

    aws.hooks.clear();
    expect((await get(pk)) !== undefined).toBe(carriedOut);
  });

  test('may delay a call, also a large one', async () => {
    aws.hooks.add(() => new Promise((resolve) => setTimeout(() => resolve('pass'), 30)));
    const { send, receive } = queueClient(aws.endpoints.sqs);
    const body = 'x'.repeat(900_000);
    await send(aws.queues.queueUrls.statuses, { body });
    const [message] = await receive(aws.queues.queueUrls.statuses);
    expect(message?.Body).toBe(JSON.stringify(body));
  });
});

describe('parameters', () => {
  const ssm = () => new SSMClient(as('test', aws.endpoints.ssm));
  const write = (Name: string, Value: string, Overwrite = true) =>
    ssm().send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite }));
  const read = async (Name: string, WithDecryption = true) =>
    (await ssm().send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;

  test('can be read in every version, and without a number in the newest', async () => {
    expect(await write('/local/a', 'one')).toMatchObject({ Version: 1 });
    expect(await write('/local/a', 'two')).toMatchObject({ Version: 2 });

    expect(await read('/local/a')).toMatchObject({ Name: '/local/a', Value: 'two', Version: 2 });
    expect(await read('/local/a:1')).toMatchObject({ Value: 'one', Version: 1, Selector: ':1' });
    expect((await read('/local/a'))?.LastModifiedDate).toBeInstanceOf(Date);
  });

  test('stay encrypted for a caller that does not ask for decryption', async () => {
    await write('/local/b', 'secret');
    expect((await read('/local/b', false))?.Value).not.toContain('secret');
  });

  test('are refused with the errors of AWS when they do not exist', async () => {
    await write('/local/c', 'one');
    const failsAs = (call: Promise<unknown>, name: string) =>
      expect(call).rejects.toMatchObject({ name });

    await failsAs(read('/local/none'), 'ParameterNotFound');
    await failsAs(read('/local/c:9'), 'ParameterVersionNotFound');
    await failsAs(write('/local/c', 'two', false), 'ParameterAlreadyExists');
    await failsAs(write('/local/c', 'x'.repeat(4097)), 'ValidationException');
    const remove = () => ssm().send(new DeleteParameterCommand({ Name: '/local/c' }));
    await remove();
    await failsAs(remove(), 'ParameterNotFound');
    await failsAs(read('/local/c'), 'ParameterNotFound');
  });
});

test('a folder keeps the table, the queues and the parameters', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-aws-'));
  const first = await startAws(folder, QUEUES);
  const clients = (aws: LocalAws) => ({
    table: new DynamoDBClient(as('test', aws.endpoints.dynamodb)),
    ssm: new SSMClient(as('test', aws.endpoints.ssm)),
    queue: queueClient(aws.endpoints.sqs),
  });
  const before = clients(first);
  await put('kept', before.table);
  await before.ssm.send(new PutParameterCommand({ Name: '/a', Value: 'b', Type: 'SecureString' }));
  await before.queue.send(
    first.queues.queueUrls.inbound,
    { body: 1, group: 'g' },
    { body: 2, group: 'g' },
  );
  await expect(startAws(folder, QUEUES)).rejects.toMatchObject({ code: 'unavailable' });
  await first.stop();

  // The queues come back although their numbers have changed meanwhile.
  const second = await startAws(folder, {
    ...QUEUES,
    inbound: { ...QUEUES.inbound, visibilitySeconds: 77 },
  });
  const after = clients(second);
  const Key = { pk: { S: 'kept' }, sk: { S: 'x' } };
  const { Item } = await after.table.send(new GetItemCommand({ TableName: second.tableName, Key }));
  expect(Item).toEqual(Key);
  const { Parameter } = await after.ssm.send(
    new GetParameterCommand({ Name: '/a', WithDecryption: true }),
  );
  expect(Parameter).toMatchObject({ Value: 'b', Version: 1 });
  expect(second.queues.depth('inbound')).toEqual({ waiting: 2, inFlight: 0, dead: 0 });
  const [message] = await after.queue.receive(second.queues.queueUrls.inbound);
  expect(message?.Body).toBe('1');
  await second.stop();
  rmSync(folder, { recursive: true });
});

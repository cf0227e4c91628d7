import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { QUEUES } from '../../../../infra/functions.ts';
import { clientOptions } from '../../../../infra/local/aws/client-options.ts';
import { type LocalAws, startAws } from '../../../../infra/local/aws/start-aws.ts';
import { Clock } from '../../../../infra/local/clock/clock.ts';
import { queueClient } from '../../../support/runtime-queue.ts';

const HOUR_MS = 3_600_000;
let folder: string;
let clock: Clock;
let aws: LocalAws;
const start = async () => {
  clock = new Clock(join(folder, 'clock.json'));
  aws = await startAws(folder, QUEUES, { clock });
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'passing-time-test-'));
  await start();
});
afterEach(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true, force: true });
});

const queue = () => queueClient(aws.endpoints.sqs);
const url = (name: keyof typeof QUEUES) => aws.queues.queueUrls[name];

test('a job that is being worked on shows again when its visibility is over by the clock', async () => {
  const { send, receive, client } = queue();
  await send(url('inbound'), { body: 1, group: 'anna' });
  const [first] = await receive(url('inbound'));
  const hide = { QueueUrl: url('inbound'), ReceiptHandle: first?.ReceiptHandle };
  await client.send(new ChangeMessageVisibilityCommand({ ...hide, VisibilityTimeout: 43_200 }));
  expect(await receive(url('inbound'))).toEqual([]);
  await clock.pass(11 * HOUR_MS);
  expect(await receive(url('inbound'))).toEqual([]);
  await clock.pass(HOUR_MS + 1_000);
  expect(await receive(url('inbound'))).toMatchObject([{ MessageId: first?.MessageId }]);
});

test('a delayed job comes forward, also to a poll that waits for it, and says its age by the clock', async () => {
  const { client } = queue();
  await clock.pass(HOUR_MS);
  const made = { QueueUrl: url('news'), MessageBody: '1', DelaySeconds: 900 };
  await client.send(new SendMessageCommand(made));
  const poll = client.send(
    new ReceiveMessageCommand({
      QueueUrl: url('news'),
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  await clock.pass(HOUR_MS);
  const [job] = (await poll).Messages ?? [];
  const { SentTimestamp, ApproximateFirstReceiveTimestamp } = job?.Attributes ?? {};
  const age = Number(ApproximateFirstReceiveTimestamp) - Number(SentTimestamp);
  expect(age).toBeGreaterThanOrEqual(HOUR_MS);
  expect(Number(SentTimestamp)).toBeLessThanOrEqual(clock.now() - HOUR_MS);
  expect(Number(SentTimestamp)).toBeGreaterThan(Date.now());
});

test('SQS forgets after five minutes of the clock that it had a job', async () => {
  const { client, receive } = queue();
  const made = { QueueUrl: url('inbound'), MessageGroupId: 'anna', MessageDeduplicationId: 'one' };
  const send = (MessageBody: string) =>
    client.send(new SendMessageCommand({ ...made, MessageBody }));
  await send('first');
  const [first] = await receive(url('inbound'));
  const done = { QueueUrl: url('inbound'), ReceiptHandle: first?.ReceiptHandle };
  await client.send(new DeleteMessageCommand(done));
  await clock.pass(HOUR_MS / 20);
  await send('repeat');
  expect(await receive(url('inbound'))).toEqual([]);
  await clock.pass(HOUR_MS);
  await send('much later');
  expect(await receive(url('inbound'))).toMatchObject([{ Body: 'much later' }]);
});

test('a wait goes on by the clock after the next start', async () => {
  const { client } = queue();
  await clock.pass(HOUR_MS);
  await client.send(
    new SendMessageCommand({ QueueUrl: url('news'), MessageBody: '1', DelaySeconds: 900 }),
  );
  await aws.stop();
  await start();
  expect(await queue().receive(url('news'))).toEqual([]);
  await clock.pass(HOUR_MS / 2);
  expect(await queue().receive(url('news'))).toMatchObject([{ Body: '1' }]);
});

test('an item whose time is over is removed; one that has time left, or no end, stays', async () => {
  const client = new DynamoDBClient(clientOptions(aws.endpoints.dynamodb));
  const put = (pk: string, expires_at?: number) =>
    client.send(
      new PutItemCommand({
        TableName: aws.tableName,
        Item: {
          pk: { S: pk },
          sk: { S: 'x' },
          ...(expires_at !== undefined && { expires_at: { N: String(Math.floor(expires_at)) } }),
        },
      }),
    );
  const names = async () => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: aws.tableName }));
    return Items.map(({ pk }) => pk?.S).toSorted();
  };
  await put('over', Date.now() / 1000 + 3_600);
  await put('later', Date.now() / 1000 + 3 * 3_600);
  await put('without end');
  await clock.pass(HOUR_MS / 2);
  expect(await names()).toEqual(['later', 'over', 'without end']);
  await clock.pass(HOUR_MS);
  expect(await names()).toEqual(['later', 'without end']);
  client.destroy();
});

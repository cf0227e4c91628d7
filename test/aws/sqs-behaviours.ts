import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { type Aws, type Behaviour, fresh, isRefused } from './behaviour.ts';

const send = ({ sqs, fifo }: Aws, group: string, body: string, id = fresh('id')) =>
  sqs.send(
    new SendMessageCommand({
      QueueUrl: fifo,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: id,
    }),
  );
/** Everything the queue hands out now; it stays in flight. */
async function receive({ sqs, fifo }: Aws) {
  const command = new ReceiveMessageCommand({ QueueUrl: fifo, MaxNumberOfMessages: 10 });
  return (await sqs.send(command)).Messages ?? [];
}
const remove = ({ sqs, fifo }: Aws, ReceiptHandle: string | undefined) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl: fifo, ReceiptHandle }));
const show = ({ sqs, fifo }: Aws, ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
  sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: fifo, ReceiptHandle, VisibilityTimeout }),
  );
/** Empties the queue, whatever is handed out at once. */
async function drain(aws: Aws): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const found = await receive(aws);
    if (found.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle } of found) {
      bodies.push(Body);
      await remove(aws, ReceiptHandle);
    }
  }
}

/** What the queues rely on. */
export const sqsBehaviours: Behaviour[] = [
  {
    service: 'SQS',
    what: 'A job of a deduplication id that came within five minutes is taken and not handed out again',
    where: 'functions/webhook/queue-items.ts',
    holds: async (aws) => {
      const id = fresh('id');
      await send(aws, 'a', 'one', id);
      await send(aws, 'a', 'two', id);
      return (await drain(aws)).join() === 'one';
    },
  },
  {
    service: 'SQS',
    what: 'It is not handed out again either when the first one is done already',
    where: 'functions/webhook/queue-items.ts',
    holds: async (aws) => {
      const id = fresh('id');
      await send(aws, 'a', 'one', id);
      await drain(aws);
      await send(aws, 'a', 'two', id);
      return (await drain(aws)).length === 0;
    },
  },
  {
    service: 'SQS',
    what: 'While a job of a group is worked on, later ones of the group wait and other groups go on',
    where: 'infra/constructs/job-queue.ts',
    holds: async (aws) => {
      await send(aws, 'a', 'a1');
      const [first] = await receive(aws);
      await send(aws, 'a', 'a2');
      await send(aws, 'b', 'b1');
      const meanwhile = await drain(aws);
      await remove(aws, first?.ReceiptHandle);
      const then = await drain(aws);
      return meanwhile.join() === 'b1' && then.join() === 'a2';
    },
  },
  {
    service: 'SQS',
    what: 'A job whose visibility is set to 0 comes again before those behind it',
    where: 'shared/queues/queue.ts',
    holds: async (aws) => {
      await send(aws, 'a', 'a1');
      const [first] = await receive(aws);
      await send(aws, 'a', 'a2');
      await show(aws, first?.ReceiptHandle, 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return (await drain(aws)).join() === 'a1,a2';
    },
  },
  {
    service: 'SQS',
    what: 'A visibility of more than twelve hours is refused',
    where: 'shared/queues/queue.ts',
    holds: async (aws) => {
      await send(aws, 'a', 'a1');
      const [first] = await receive(aws);
      const refused = await isRefused(show(aws, first?.ReceiptHandle, 12 * 3600 + 1));
      await remove(aws, first?.ReceiptHandle);
      return refused;
    },
  },
  {
    service: 'SQS',
    what: 'A batch of eleven is refused, one of ten is taken',
    where: 'shared/queues/queue.ts',
    holds: async (aws) => {
      const batch = (count: number) =>
        aws.sqs.send(
          new SendMessageBatchCommand({
            QueueUrl: aws.standard,
            Entries: Array.from({ length: count }, (_, at) => ({ Id: `${at}`, MessageBody: 'x' })),
          }),
        );
      return !(await isRefused(batch(10))) && isRefused(batch(11));
    },
  },
  {
    service: 'SQS',
    what: 'A batch of more than 1 MiB is refused: bytes are counted, so 10 times 30 000 emoji are too many',
    where: 'shared/queues/queue.ts',
    holds: async (aws) => {
      const batch = (emoji: number) =>
        aws.sqs.send(
          new SendMessageBatchCommand({
            QueueUrl: aws.standard,
            Entries: Array.from({ length: 10 }, (_, at) => ({
              Id: `${at}`,
              MessageBody: '🎉'.repeat(emoji),
            })),
          }),
        );
      return !(await isRefused(batch(26_000))) && isRefused(batch(30_000));
    },
  },
  {
    service: 'SQS',
    what: 'Emoji arrive as they were sent, and a body with a zero byte is refused',
    where: 'functions/webhook/queue-items.ts',
    holds: async (aws) => {
      await send(aws, 'a', '👩‍👩‍👧 é');
      const [got] = await drain(aws);
      return got === '👩‍👩‍👧 é' && isRefused(send(aws, 'a', 'a\u0000b'));
    },
  },
];

import { createHash } from 'node:crypto';
import { type HttpAnswer, json, serve } from '../../infra/local/http/serve.ts';
import { LoopbackServers } from './loopback-servers.ts';

interface BatchEntry {
  Id: string;
  MessageBody: string;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}

/** One call, as it came over the wire. */
export interface SqsCall {
  operation: string;
  input: {
    QueueUrl: string;
    Entries: BatchEntry[];
    ReceiptHandle?: string;
    VisibilityTimeout?: number;
  };
}

/** What the double does with a call: an HTTP answer, or the ids of the entries it does not take. */
export type SqsScript = (call: SqsCall) => { fails: string[] } | HttpAnswer;

export interface SqsDouble {
  url: string;
  calls: SqsCall[];
  /** Resolves when the double was called this many times in all. */
  called(times: number): Promise<void>;
  stop(): Promise<void>;
}

/** SQS with the operations on batches and visibilities, which fails as the script says. */
export async function startSqsDouble(script: SqsScript): Promise<SqsDouble> {
  const servers = new LoopbackServers();
  const calls: SqsCall[] = [];
  const waiting: { times: number; resolve: () => void }[] = [];
  const { port } = await servers.http(
    serve(({ headers, body }) => {
      const operation = headers['x-amz-target']?.replace('AmazonSQS.', '') ?? '';
      const call = { operation, input: JSON.parse(body.toString()) } as SqsCall;
      calls.push(call);
      for (const { times, resolve } of waiting) if (calls.length >= times) resolve();
      const does = script(call);
      return typeof does === 'object' && 'fails' in does
        ? json(200, taken(call, does.fails))
        : does;
    }),
  );
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    called: (times) =>
      new Promise((resolve) => {
        if (calls.length >= times) resolve();
        else waiting.push({ times, resolve });
      }),
    stop: () => servers.closeAll(),
  };
}

function taken({ operation, input }: SqsCall, fails: string[]): object {
  if (operation !== 'SendMessageBatch') return {};
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  return {
    Successful: input.Entries.filter(({ Id }) => !fails.includes(Id)).map(
      ({ Id, MessageBody }) => ({ Id, MessageId: `m-${Id}`, MD5OfMessageBody: md5(MessageBody) }),
    ),
    Failed: fails.map((Id) => ({ Id, Code: 'InternalError', SenderFault: false })),
  };
}

// The AWS of the rooms' tests: our own emulators, or with `OTHER_AWS` those of another maker at that address
// (`npm run conformance`).

import { createServer, type RequestListener } from 'node:http';
import { QUEUES, type QueueName } from '../../infra/functions.ts';
import { ACCOUNT } from '../../infra/local/aws/client-options.ts';
import { oldReads } from '../../infra/local/aws/old-reads.ts';
import { createTable, type Emulator, startDynamodb } from '../../infra/local/aws/start-dynamodb.ts';
import { awsName, createQueues, startSqs } from '../../infra/local/aws/start-sqs.ts';
import { startSsm } from '../../infra/local/aws/start-ssm.ts';
import { Clock } from '../../infra/local/clock/clock.ts';
import { close, listenAnywhere } from '../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, serve } from '../../infra/local/http/serve.ts';

type Wrap = (listener: RequestListener) => RequestListener;

export async function startTable(
  name: string,
  wrap: Wrap,
  { readsBehindMs = 0 } = {},
): Promise<Emulator> {
  const other = process.env.OTHER_AWS;
  if (!other) return startDynamodb(null, name, wrap, { readsBehindMs });
  await forgetAll(other);
  await createTable(other, name);
  return before(wrap(readsBehindMs > 0 ? oldReads(other, readsBehindMs) : passTo(other)));
}

export async function startQueues(
  wrap: Wrap,
): Promise<Emulator & { queueUrls: Record<QueueName, string> }> {
  const other = process.env.OTHER_AWS;
  if (!other) return startSqs(null, QUEUES, wrap, new Clock());
  await forgetAll(other);
  await createQueues(other, QUEUES);
  const { url, stop } = await before(wrap(passTo(other)));
  const urls = Object.entries(QUEUES).map(([queue, spec]) => [
    queue,
    `${url}/${ACCOUNT}/${awsName(queue, spec)}`,
  ]);
  return { url, stop, queueUrls: Object.fromEntries(urls) as Record<QueueName, string> };
}

export async function startParameters(wrap: Wrap): Promise<Emulator> {
  const other = process.env.OTHER_AWS;
  if (!other) return startSsm(null, wrap);
  await forgetAll(other);
  return before(wrap(passTo(other)));
}

/** MiniStack's own way to begin anew: each test file expects an empty account. */
const forgetAll = async (other: string): Promise<void> => {
  await fetch(`${other}/_ministack/reset`, { method: 'POST' });
};

async function before(listener: RequestListener): Promise<Emulator> {
  const server = createServer(listener);
  return { url: `http://127.0.0.1:${await listenAnywhere(server)}`, stop: () => close(server) };
}

/** What belongs to one connection, or to a body that is made anew. */
const OWN_HEADERS = ['host', 'connection', 'content-length', 'transfer-encoding', 'expect'];

const passTo = (other: string): RequestListener =>
  serve(async ({ method, path, headers, body }: HttpAsk): Promise<HttpAnswer> => {
    const answer = await fetch(`${other}${path}`, {
      method,
      headers: Object.fromEntries(
        Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name)),
      ) as Record<string, string>,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const kept = [...answer.headers].filter(
      ([name]) => ![...OWN_HEADERS, 'content-encoding'].includes(name),
    );
    return {
      status: answer.status,
      headers: Object.fromEntries(kept),
      body: Buffer.from(await answer.arrayBuffer()),
    };
  });

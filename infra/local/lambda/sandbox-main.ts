// The program of a sandbox: calls the deployed bundle as Lambda would, one invocation at a time.
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { awslambda, isStreaming, responseStream, type StreamingHandler } from './lambda-streams.ts';
import { expectTrouble, makeTrouble, troubleIsMade } from './make-trouble.ts';
import { machineNow, moveClock } from './move-clock.ts';
import type { FromSandbox, ToSandbox } from './sandbox.ts';
import { watchCalls } from './watch-calls.ts';
import { watchLog } from './watch-log.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const { SANDBOX_BUNDLE = '', _HANDLER = '', AWS_LAMBDA_FUNCTION_NAME: name = '' } = process.env;
/** Set where the inspector looks on. */
const { SANDBOX_WATCHED, PUBLIC_URL = '' } = process.env;

// The runtime may be killed without warning: then this process must not stay behind.
process.on('disconnect', () => process.exit(1));
// Ctrl-C reaches every process of the terminal, and the runtime decides when a sandbox ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

/** The invocation that runs: there is one at a time. */
let running = '';
const aws = ['DYNAMODB', 'SQS', 'SSM'].map((service) => process.env[`AWS_ENDPOINT_URL_${service}`]);
const passOver = new Set(aws.map((url) => (url ? new URL(url).host : '')));
const nonsenseUrl = `${PUBLIC_URL}/sandbox/faults/nonsense`;
// First, so that what is shown is what the function asked for and what it got.
makeTrouble({ isSender: name === 'send', nonsenseUrl, passOver });
if (SANDBOX_WATCHED) {
  watchCalls((call) => tell({ id: running, call }), passOver);
  watchLog((entry) => tell({ id: running, entry }));
}

Object.assign(globalThis, { awslambda });
const bundle = createRequire(SANDBOX_BUNDLE)(SANDBOX_BUNDLE) as Record<string, Handler>;
const handler = bundle[_HANDLER];
if (typeof handler !== 'function') throw new Error(`${SANDBOX_BUNDLE} exports no ${_HANDLER}`);

process.on('message', async ({ id, event, deadline, aheadMs, trouble, postTo }: ToSandbox) => {
  running = id;
  moveClock(aheadMs);
  expectTrouble(trouble);
  try {
    const context = contextOf(id, deadline);
    const value =
      postTo && isStreaming(handler)
        ? stream(handler, postTo, event, context)
        : handler(event, context);
    tell({ id, value: (await value) ?? null, made: troubleIsMade() });
  } catch (error) {
    console.error(error);
    tell({ id, error: error instanceof Error ? error.name : String(error), made: troubleIsMade() });
  }
});

/** The function writes its answer as a request, as on AWS; the answer is over when that request is answered. */
async function stream(
  streaming: StreamingHandler,
  postTo: string,
  event: unknown,
  context: unknown,
): Promise<void> {
  const out = responseStream(request(postTo, { method: 'POST', agent: false }));
  const over = new Promise<void>((resolve) => {
    out
      .on('response', (answer) => answer.resume())
      .on('error', () => {})
      .on('close', resolve);
  });
  await streaming(event, out, context);
  await over;
}

const tell = (news: FromSandbox) => process.send?.(news);

const contextOf = (id: string, deadline: number) => ({
  awsRequestId: id,
  callbackWaitsForEmptyEventLoop: true,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:${process.env.AWS_REGION}:000000000000:function:${name}`,
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: String(process.pid),
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  getRemainingTimeInMillis: () => Math.max(0, deadline - machineNow()),
});

tell({ ready: true });

import { SQSClient } from '@aws-sdk/client-sqs';
import { Failure } from '../../../shared/kernel/failure.ts';
import type { FunctionName, QueueName, QueueSpec } from '../../functions.ts';
import { clientOptions } from '../aws/client-options.ts';
import type { LocalAws } from '../aws/start-aws.ts';
import { awsName, queueArn } from '../aws/start-sqs.ts';
import type { Clock } from '../clock/clock.ts';
import type { TunedFunction } from '../tuning.ts';
import type { Bundles } from './build-bundles.ts';
import { ClockTrigger } from './clock-trigger.ts';
import { lambdaEnvironment, productEnvironment } from './environment.ts';
import { type Caller, Pool, type PoolSpec } from './pool.ts';
import { QueueTrigger } from './queue-trigger.ts';
import type { Invocation, InvocationWatch } from './sandbox.ts';
import type { Lease } from './trouble.ts';

/** A line a function wrote. */
export interface OutputLine {
  name: FunctionName;
  stream: 'stdout' | 'stderr';
  line: string;
}

export interface LambdaSpec {
  functions: Partial<Record<FunctionName, TunedFunction>>;
  queues: Record<QueueName, QueueSpec>;
  aws: LocalAws;
  publicUrl: string;
  bundles: Bundles;
  /** The time by which the functions go. */
  clock: Clock;
  /** What is to go wrong in the next call of a function. */
  lend: (name: FunctionName) => Lease | null;
  onOutput: (line: OutputLine) => void;
  watch?: InvocationWatch | null;
}

export interface Lambda {
  invoke(name: FunctionName, event: unknown, caller: Caller): Promise<Invocation>;
  isBusy(): boolean;
  /** Whether a job was not done, and is hidden until its wait is over. */
  hasLeft(messageId: string): boolean;
  /** How often the functions of the clock have run to their end. */
  ticks(): number;
  kill(name: FunctionName): Promise<number[]>;
  pids(name?: FunctionName): number[];
  stop(): Promise<void>;
}

/** How long an invocation may still run when everything stops. */
const DRAIN_MS = 700;

/**
 * Runs the functions as Lambda does, and the triggers of those that have a queue. Throws `Failure`
 * when one cannot be loaded.
 */
export async function startLambda(spec: LambdaSpec): Promise<Lambda> {
  const { functions, queues, aws } = spec;
  const pools = new Map<FunctionName, Pool>();
  const triggers = new Map<FunctionName, QueueTrigger>();
  const clocks = new Map<FunctionName, ClockTrigger>();
  const client = new SQSClient({
    ...clientOptions(aws.endpoints.sqs),
    useQueueUrlAsEndpoint: false,
    // AWS's own poller tries again too: a job that is not deleted holds up its chat for its
    // visibility.
    maxAttempts: 3,
  });
  for (const [name, wanted] of Object.entries(functions) as [FunctionName, TunedFunction][]) {
    const pool = new Pool(poolSpec(name, wanted, spec));
    pools.set(name, pool);
    if (wanted.everyMinute) {
      clocks.set(name, new ClockTrigger(name, (event) => pool.invoke(event), spec.clock.now));
    }
    if (!wanted.trigger) continue;
    triggers.set(
      name,
      new QueueTrigger({
        client,
        queueUrl: aws.queues.queueUrls[wanted.trigger],
        queueArn: queueArn(awsName(wanted.trigger, queues[wanted.trigger])),
        batchSize: queues[wanted.trigger].batchSize,
        pool,
        concurrency: wanted.sandboxes,
        returnAtOnce: wanted.returnAtOnce,
      }),
    );
  }
  const stopPools = async () => {
    await Promise.all([...pools.values()].map((pool) => pool.stop()));
  };

  const ready = await Promise.all([...pools.values()].map((pool) => pool.warm()));
  const broken = [...pools.keys()].filter((_, at) => !ready[at]);
  if (broken.length > 0) {
    await stopPools();
    throw new Failure('unavailable', { detail: `Cannot be loaded: ${broken.join(', ')}.` });
  }
  for (const trigger of [...triggers.values(), ...clocks.values()]) trigger.start();

  return {
    invoke: async (name, event, caller) =>
      (await pools.get(name)?.invoke(event, caller)) ?? {
        ok: false,
        reason: 'error',
        detail: 'no such function',
      },
    // Without the functions of the clock, which run all the time. What they queue shows in the
    // queues.
    isBusy: () => [...pools].some(([name, pool]) => !clocks.has(name) && pool.isBusy),
    hasLeft: (id) => [...triggers.values()].some((trigger) => trigger.hasLeft(id)),
    ticks: () => Math.min(...[...clocks.values()].map(({ runs }) => runs)),
    kill: async (name) => (await pools.get(name)?.killBusy()) ?? [],
    pids: (name) =>
      [...pools].flatMap(([known, pool]) => (name && name !== known ? [] : pool.pids)),
    stop: async () => {
      const all = (end: (trigger: QueueTrigger) => Promise<void>) =>
        atMost(DRAIN_MS, Promise.all([...triggers.values()].map(end)));
      for (const clock of clocks.values()) clock.stop();
      await all((trigger) => trigger.stopPolling(aws.queues.wake));
      const running = [...triggers.values(), ...clocks.values()].map((trigger) =>
        trigger.drained(),
      );
      await atMost(DRAIN_MS, Promise.all(running));
      await stopPools();
      await all((trigger) => trigger.drained()); // killed functions' jobs go back to their queues
      client.destroy();
    },
  };
}

function poolSpec(name: FunctionName, wanted: TunedFunction, spec: LambdaSpec): PoolSpec {
  const bundle = spec.bundles.fileOf(wanted.entry);
  return {
    name,
    program: spec.bundles.sandbox,
    environment: {
      ...productEnvironment(spec.aws, spec.publicUrl),
      ...lambdaEnvironment(name, { ...wanted, bundle }, spec.aws.endpoints),
      ...(spec.watch && { SANDBOX_WATCHED: '1' }),
    },
    timeoutMs: wanted.timeoutSeconds * 1000,
    limit: wanted.sandboxes,
    aheadMs: () => spec.clock.aheadMs,
    lend: () => spec.lend(name),
    onOutput: (stream, line) => spec.onOutput({ name, stream, line }),
    watch: spec.watch ?? null,
  };
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, enough]);
  clearTimeout(timer);
}

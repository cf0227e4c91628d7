/**
 * The Lambda functions and the queues, as both the stack and the local runtime build them.
 * One list, so that what is tried locally is what is deployed.
 */
export interface FunctionSpec {
  /** The TypeScript file with `main`: environment → deps → handler. */
  entry: string;
  /** The export that is the handler. */
  handler: string;
  timeoutSeconds: number;
  memoryMb: number;
  /** The queue that triggers it, if any. */
  trigger?: QueueName;
  /** Whether it has an address of its own, through which its answers stream: API Gateway streams none. */
  streams?: true;
  /** Whether the clock triggers it: once a minute, and once a second in the local runtime. */
  everyMinute?: true;
}

export interface QueueSpec {
  fifo: boolean;
  batchSize: number;
  /**
   * How long a job whose function died stays invisible: the function's time limit and a minute, in which
   * the trigger tries an invocation again that found no free slot.
   */
  visibilitySeconds: number;
}

export type QueueName = 'inbound' | 'outbound' | 'statuses' | 'news';
export type FunctionName =
  | 'webhook'
  | 'worker'
  | 'send'
  | 'statuses'
  | 'news'
  | 'requests'
  | 'media'
  | 'channels'
  | 'sweep';

/**
 * The longest an agent may take (`timeout_ms`: docs/contract.md#the-channel), and ten seconds
 * for our own work.
 */
const AGENT_SECONDS = 130;
/** The longest a turn waits for its voice notes as text (functions/worker/main.ts), before the agent is asked. */
const TRANSCRIBE_SECONDS = 20;
const WORKER_SECONDS = TRANSCRIBE_SECONDS + AGENT_SECONDS;
/** An upload and a send at the provider, and our own work. */
const SEND_SECONDS = 60;
/** One question to a provider, and our own work: AWS is waited for some ten seconds a call. */
const STATUS_SECONDS = 60;

export const FUNCTIONS: Record<FunctionName, FunctionSpec> = {
  webhook: {
    entry: 'functions/webhook/main.ts',
    handler: 'handler',
    timeoutSeconds: 10,
    memoryMb: 512,
  },
  worker: {
    entry: 'functions/worker/main.ts',
    handler: 'handler',
    timeoutSeconds: WORKER_SECONDS,
    memoryMb: 256,
    trigger: 'inbound',
  },
  send: {
    entry: 'functions/send/main.ts',
    handler: 'handler',
    timeoutSeconds: SEND_SECONDS,
    memoryMb: 256,
    trigger: 'outbound',
  },
  statuses: {
    entry: 'functions/statuses/main.ts',
    handler: 'handler',
    timeoutSeconds: STATUS_SECONDS,
    memoryMb: 256,
    trigger: 'statuses',
  },
  news: {
    entry: 'functions/news/main.ts',
    handler: 'handler',
    timeoutSeconds: AGENT_SECONDS,
    memoryMb: 256,
    trigger: 'news',
  },
  requests: {
    entry: 'functions/requests/main.ts',
    handler: 'handler',
    timeoutSeconds: 29,
    memoryMb: 256,
  },
  media: {
    entry: 'functions/media/main.ts',
    handler: 'handler',
    // Lambda passes on 2 MB a second once the first 6 MB are through, so 100 MB take some 50 seconds.
    timeoutSeconds: 180,
    memoryMb: 256,
    streams: true,
  },
  channels: {
    entry: 'functions/channels/main.ts',
    handler: 'handler',
    timeoutSeconds: 29,
    memoryMb: 256,
  },
  sweep: {
    entry: 'functions/sweep/main.ts',
    handler: 'handler',
    timeoutSeconds: 50, // so that a run is over before the next one begins
    memoryMb: 256,
    everyMinute: true,
  },
};

const RETRY_SECONDS = 60;

export const QUEUES: Record<QueueName, QueueSpec> = {
  inbound: { fifo: true, batchSize: 1, visibilitySeconds: WORKER_SECONDS + RETRY_SECONDS },
  outbound: { fifo: true, batchSize: 1, visibilitySeconds: SEND_SECONDS + RETRY_SECONDS },
  statuses: { fifo: false, batchSize: 10, visibilitySeconds: STATUS_SECONDS + RETRY_SECONDS },
  // One job at a time: each is a call to an agent, and would hold up those beside it.
  news: { fifo: false, batchSize: 1, visibilitySeconds: AGENT_SECONDS + RETRY_SECONDS },
};

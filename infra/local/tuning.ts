import {
  FUNCTIONS,
  type FunctionName,
  type FunctionSpec,
  QUEUES,
  type QueueName,
  type QueueSpec,
} from '../functions.ts';

/**
 * How the runtime of a test may differ from what is deployed. What is not named does not differ.
 */
export interface Tuning {
  /** Other functions instead of the product's. */
  functions?: Partial<Record<FunctionName, FunctionSpec>>;
  timeoutSeconds?: Partial<Record<FunctionName, number>>;
  visibilitySeconds?: Partial<Record<QueueName, number>>;
  /** Between two statuses that the double of 360dialog posts. */
  statusGapMs?: number;
  /** How long a play waits for replies (infra/local/dialog360/play/play-message.ts). */
  playWaitMs?: number;
  /** A job whose function died or threw comes back at once, as if its visibility had just ended. */
  returnAtOnce?: boolean;
  /** The processes of one function at most. */
  sandboxes?: number;
  /**
   * For so long after a write, reads of the table that need not be consistent say what was there before.
   */
  readsBehindMs?: number;
  /** `PAIR_INTERVAL_MS` of the sender (functions/send/main.ts). */
  pairIntervalMs?: number;
  /** `PROBE_INTERVAL_MS` of the sender and of statuses (functions/statuses/main.ts). */
  probeIntervalMs?: number;
  /** `ERASE_SETTLE_MS` of the sweep (functions/sweep/main.ts). */
  eraseSettleMs?: number;
  /** `MEDIA_BREAKER_MS` of the media function (functions/media/main.ts). */
  mediaBreakerMs?: number;
  /** `TRANSCRIBE_MS` of the worker (functions/worker/main.ts). */
  transcribeMs?: number;
}

export interface TunedFunction extends FunctionSpec {
  /** `SLOTS`, which the stack sets as well, and what a deployed function has by default and a test sets. */
  environment: Record<string, string>;
  returnAtOnce: boolean;
  /** At most. */
  sandboxes: number;
}

/** Of every function that works on a queue: what the stack gives them by `concurrency` would be two. */
const TRIGGER_SANDBOXES = 5;
/** Each is a process of some 70 MB: enough to try the product with. */
const ENDPOINT_SANDBOXES = 4;

/** The functions and queues of `infra/functions.ts`, tuned. */
export function tuned(tuning: Tuning): {
  functions: Partial<Record<FunctionName, TunedFunction>>;
  queues: Record<QueueName, QueueSpec>;
} {
  const functions: Partial<Record<FunctionName, FunctionSpec>> = tuning.functions ?? FUNCTIONS;
  const { pairIntervalMs: pair, probeIntervalMs: probe, mediaBreakerMs: breaker } = tuning;
  const { eraseSettleMs: settle, transcribeMs: transcribe } = tuning;
  const environment = {
    ...(pair !== undefined && { PAIR_INTERVAL_MS: String(pair) }),
    ...(probe !== undefined && { PROBE_INTERVAL_MS: String(probe) }),
    ...(settle !== undefined && { ERASE_SETTLE_MS: String(settle) }),
    ...(transcribe !== undefined && { TRANSCRIBE_MS: String(transcribe) }),
    ...(breaker !== undefined && { MEDIA_BREAKER_MS: String(breaker) }),
  };
  return {
    functions: mapped(functions, (name, spec) => {
      const usual = spec.trigger ? TRIGGER_SANDBOXES : ENDPOINT_SANDBOXES;
      const sandboxes = tuning.sandboxes ?? usual;
      return {
        ...spec,
        timeoutSeconds: tuning.timeoutSeconds?.[name] ?? spec.timeoutSeconds,
        environment: { ...environment, ...(spec.trigger && { SLOTS: String(sandboxes) }) },
        returnAtOnce: tuning.returnAtOnce ?? false,
        sandboxes,
      };
    }),
    queues: mapped(QUEUES, (name, spec) => ({
      ...spec,
      visibilitySeconds: tuning.visibilitySeconds?.[name] ?? spec.visibilitySeconds,
    })),
  };
}

/** The same names, each with another value. */
const mapped = <All extends Partial<Record<string, unknown>>, To>(
  all: All,
  change: (name: keyof All, spec: NonNullable<All[keyof All]>) => To,
) =>
  Object.fromEntries(
    (Object.entries(all) as [keyof All, NonNullable<All[keyof All]>][]).map(([name, spec]) => [
      name,
      change(name, spec),
    ]),
  ) as { [Name in keyof All]: To };

import {
  FUNCTIONS,
  type FunctionName,
  type FunctionSpec,
  QUEUES,
  type QueueName,
  type QueueSpec,
} from '../functions.ts';

/** For tests: what may differ from what is deployed. */
export interface Tuning extends Retuning {
  /** Other functions instead of the product's. */
  functions?: Partial<Record<FunctionName, FunctionSpec>>;
  timeoutSeconds?: Partial<Record<FunctionName, number>>;
  visibilitySeconds?: Partial<Record<QueueName, number>>;
  /** Between two statuses the double of 360dialog tells. */
  statusGapMs?: number;
}

/** What of it may change while a runtime runs. */
export interface Retuning {
  /** A job whose function died or threw comes back at once, as if its visibility had just ended. */
  returnAtOnce?: boolean;
  /** A job that a function puts off comes back so many times as soon. */
  delayDivisor?: number;
  /** Processes of one function at most. */
  sandboxes?: number;
  /** WhatsApp's pair limit: one message to one visitor each so many milliseconds. */
  pairIntervalMs?: number;
  /** How often a blocked channel is looked at. */
  probeIntervalMs?: number;
}

export interface TunedFunction extends FunctionSpec {
  /** What it is told by its environment and a deployed one is not. */
  environment: Record<string, string>;
  returnAtOnce: boolean;
  /** At most. */
  sandboxes: number;
}

/** `maxConcurrency` of every trigger, as the stack sets it by default. */
const TRIGGER_SANDBOXES = 5;
/** Each is a process of some 70 MB: enough to be tried with, no more. */
const ENDPOINT_SANDBOXES = 4;

/** The functions and queues of `infra/functions.ts`, tuned. */
export function tuned(tuning: Tuning): {
  functions: Partial<Record<FunctionName, TunedFunction>>;
  queues: Record<QueueName, QueueSpec>;
} {
  const functions: Partial<Record<FunctionName, FunctionSpec>> = tuning.functions ?? FUNCTIONS;
  const { pairIntervalMs: pair, probeIntervalMs: probe } = tuning;
  const probing = { ...(probe !== undefined && { PROBE_INTERVAL_MS: String(probe) }) };
  const pacing = { ...(pair !== undefined && { PAIR_INTERVAL_MS: String(pair) }) };
  // Only who reads it is told: a function whose environment is another one has to start anew.
  const environments: Partial<Record<FunctionName, Record<string, string>>> = {
    news: probing,
    send: { ...probing, ...pacing },
  };
  return {
    functions: mapped(functions, (name, spec) => ({
      ...spec,
      timeoutSeconds: tuning.timeoutSeconds?.[name] ?? spec.timeoutSeconds,
      environment: environments[name] ?? {},
      returnAtOnce: tuning.returnAtOnce ?? false,
      sandboxes: tuning.sandboxes ?? (spec.trigger ? TRIGGER_SANDBOXES : ENDPOINT_SANDBOXES),
    })),
    queues: mapped(QUEUES, (name, spec) => ({
      ...spec,
      visibilitySeconds: tuning.visibilitySeconds?.[name] ?? spec.visibilitySeconds,
    })),
  };
}

/** `tuning` with all of it that may change anew; what is not named then is as it is deployed. */
export function retuned(tuning: Tuning, retuning: Retuning): Tuning {
  const { returnAtOnce, delayDivisor, sandboxes, pairIntervalMs, probeIntervalMs, ...fixed } =
    tuning;
  return { ...fixed, ...retuning };
}

/** Of all the names, or of those there are. */
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

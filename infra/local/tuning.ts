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
  /** Processes of one function at most. */
  sandboxes?: number;
}

/** What of it may change while a runtime runs. */
export interface Retuning {
  /** A job whose function died or threw comes back at once, as if its visibility had just ended. */
  returnAtOnce?: boolean;
  /** WhatsApp's pair limit: one message to one visitor each so many milliseconds. */
  pairIntervalMs?: number;
  /** How often a blocked channel is looked at. */
  probeIntervalMs?: number;
}

export interface TunedFunction extends FunctionSpec {
  /** What it is told by its environment and a deployed one is not. */
  environment?: Record<string, string>;
  returnAtOnce?: boolean;
}

/** The functions and queues of `infra/functions.ts`, tuned. */
export function tuned(tuning: Tuning): {
  functions: Partial<Record<FunctionName, TunedFunction>>;
  queues: Record<QueueName, QueueSpec>;
} {
  const functions: Partial<Record<FunctionName, TunedFunction>> = tuning.functions ?? FUNCTIONS;
  const { pairIntervalMs, probeIntervalMs } = tuning;
  const environment = {
    ...(pairIntervalMs !== undefined && { PAIR_INTERVAL_MS: String(pairIntervalMs) }),
    ...(probeIntervalMs !== undefined && { PROBE_INTERVAL_MS: String(probeIntervalMs) }),
  };
  return {
    functions: mapped(functions, (name, spec) => ({
      ...spec,
      timeoutSeconds: tuning.timeoutSeconds?.[name] ?? spec.timeoutSeconds,
      // The doors and the clock have nothing to do with it, and need not start anew for it.
      ...(spec.trigger && { environment, returnAtOnce: tuning.returnAtOnce ?? false }),
    })),
    queues: mapped(QUEUES, (name, spec) => ({
      ...spec,
      visibilitySeconds: tuning.visibilitySeconds?.[name] ?? spec.visibilitySeconds,
    })),
  };
}

const mapped = <Name extends string, Spec, All extends Partial<Record<Name, Spec>>>(
  all: All & Partial<Record<Name, Spec>>,
  change: (name: Name, spec: Spec) => Spec,
): All =>
  Object.fromEntries(
    (Object.entries(all) as [Name, Spec][]).map(([name, spec]) => [name, change(name, spec)]),
  ) as All;

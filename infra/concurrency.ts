/** The functions that work on a queue. */
export type TriggeredFunction = 'worker' | 'send' | 'statuses' | 'news';

/** How the functions that may run at once are shared out: those of one stack, not of one function. */
export interface Slots {
  /** The most that work on one queue at once. */
  triggers: Record<TriggeredFunction, number>;
  /** What the triggers leave: the webhook is never kept waiting by jobs. */
  webhook: number;
  /** Whether the webhook's are reserved for it: AWS wants this many others to stay unreserved. */
  isReserved: boolean;
}

/** What a fresh account allows, and the least that serves four queues and the webhook. */
export const LEAST_CONCURRENCY = 10;
/** The bounds of Lambda's ScalingConfig (AWS::Lambda::EventSourceMapping, read 2026-11-23). */
const [LEAST_OF_TRIGGER, MOST_OF_TRIGGER] = [2, 1_000];
/** `PutFunctionConcurrency` leaves an account this many (AWS Lambda Developer Guide, read 2026-11-29). */
const MUST_STAY_UNRESERVED = 100;

/** In hundredths: an agent is waited for longest, then the provider. */
const SHARES: Record<TriggeredFunction, number> = { worker: 40, send: 30, statuses: 15, news: 15 };

/**
 * Shares `concurrency` out: a fifth for the webhook, a tenth for the other endpoints and the sweep, the rest
 * for the triggers; but two for each trigger and for the webhook in any case.
 */
export function slotsOf(concurrency: number): Slots {
  const webhook = Math.max(Math.floor(concurrency / 5), 2);
  const others = Math.floor(concurrency / 10);
  const names = Object.keys(SHARES) as TriggeredFunction[];
  const rest = Math.max(concurrency - webhook - others - names.length * LEAST_OF_TRIGGER, 0);
  const slots = (name: TriggeredFunction) =>
    Math.min(LEAST_OF_TRIGGER + Math.floor((rest * SHARES[name]) / 100), MOST_OF_TRIGGER);
  return {
    triggers: {
      worker: slots('worker'),
      send: slots('send'),
      statuses: slots('statuses'),
      news: slots('news'),
    },
    webhook,
    isReserved: concurrency - webhook >= MUST_STAY_UNRESERVED,
  };
}

import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../aws/client-options.ts';

/** A minute on AWS: nobody who tries things out at home wants to wait as long. */
const EVERY_MS = 1_000;

/**
 * What a rule of EventBridge is on AWS: it runs a function again and again. A tick that comes while
 * the last run is under way is left out, and a run that fails is followed by the next.
 */
export class ClockTrigger {
  readonly #name: string;
  readonly #invoke: (event: unknown) => Promise<unknown>;
  #timer: NodeJS.Timeout | undefined;
  #run: Promise<unknown> | null = null;

  /** `invoke` never fails: how a run ended is its value. */
  constructor(name: string, invoke: (event: unknown) => Promise<unknown>) {
    this.#name = name;
    this.#invoke = invoke;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Resolves when nothing runs any more. */
  async drained(): Promise<void> {
    await this.#run;
  }

  #tick(): void {
    this.#run ??= this.#invoke(scheduledEvent(this.#name)).finally(() => {
      this.#run = null;
    });
  }
}

/** As EventBridge sends it (docs.aws.amazon.com/eventbridge, "Scheduled events", read 2026-11-23). */
const scheduledEvent = (name: string) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: ACCOUNT,
  time: `${new Date().toISOString().slice(0, 19)}Z`,
  region: REGION,
  resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/${name}`],
  detail: {},
});

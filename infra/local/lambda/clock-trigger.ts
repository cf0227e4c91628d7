import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../aws/client-options.ts';

/** On AWS it is a minute, which is long for a person who tries things out. */
const EVERY_MS = 1_000;

/**
 * What a rule of EventBridge is on AWS: it runs a function again and again. It leaves out a run
 * while the last one is not over. A run that fails changes nothing for the next.
 */
export class ClockTrigger {
  readonly #name: string;
  readonly #invoke: (event: unknown) => Promise<unknown>;
  #timer: NodeJS.Timeout | undefined;
  #run: Promise<unknown> | null = null;

  /** `invoke` never rejects: it resolves to how the run ended. */
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

  /** Resolves when the run that is under way is over. */
  async drained(): Promise<void> {
    await this.#run;
  }

  #tick(): void {
    this.#run ??= this.#invoke(scheduledEvent(this.#name)).finally(() => {
      this.#run = null;
    });
  }
}

/**
 * As EventBridge sends it (docs.aws.amazon.com/eventbridge, "Scheduled events", read 2026-11-23).
 */
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

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
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #run: Promise<unknown> | null = null;
  #runs = 0;

  /** `invoke` never rejects: it resolves to how the run ended. */
  constructor(name: string, invoke: (event: unknown) => Promise<unknown>, now = Date.now) {
    this.#name = name;
    this.#invoke = invoke;
    this.#now = now;
  }

  /** How many runs are over. */
  get runs(): number {
    return this.#runs;
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
    this.#run ??= this.#invoke(scheduledEvent(this.#name, this.#now())).finally(() => {
      this.#run = null;
      this.#runs += 1;
    });
  }
}

/**
 * As EventBridge sends it (docs.aws.amazon.com/eventbridge, "Scheduled events", read 2026-11-23).
 */
const scheduledEvent = (name: string, at: number) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: ACCOUNT,
  time: `${new Date(at).toISOString().slice(0, 19)}Z`,
  region: REGION,
  resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/${name}`],
  detail: {},
});

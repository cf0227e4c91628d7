import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The machine's, also while something else stands in the place of `Date.now`. */
const machineNow = Date.now.bind(Date);

/**
 * The time by which everything in the local runtime goes: the machine's, and ahead of it by as much as a
 * person has let pass. It never goes back.
 */
export class Clock {
  readonly #file: string | null;
  readonly #listeners = new Set<(ms: number) => void | Promise<void>>();
  #aheadMs: number;

  /** `file`: keeps how far ahead it is over a restart, together with the times that rest on it. */
  constructor(file: string | null = null) {
    this.#file = file;
    this.#aheadMs = file && existsSync(file) ? aheadIn(readFileSync(file, 'utf8')) : 0;
  }

  /** How far it is ahead of the machine. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** Epoch milliseconds. It stands for `Date.now`, so it needs no `this`. */
  readonly now = (): number => machineNow() + this.#aheadMs;

  /** Lets time pass. Resolves when everything that waits has heard of it. */
  async pass(ms: number): Promise<void> {
    this.#keep(this.#aheadMs + Math.max(0, ms));
    this.#aheadMs += Math.max(0, ms);
    await Promise.all([...this.#listeners].map((listener) => listener(ms)));
  }

  /** `listener` runs each time after time was let pass: how much. */
  onPass(listener: (ms: number) => void | Promise<void>): void {
    this.#listeners.add(listener);
  }

  /** First the file: a runtime that dies in between has gone on, and never back. */
  #keep(ahead_ms: number): void {
    if (!this.#file) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify({ ahead_ms }));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

const aheadIn = (kept: string): number => (JSON.parse(kept) as { ahead_ms: number }).ahead_ms;

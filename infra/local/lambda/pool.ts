import { isDeepStrictEqual } from 'node:util';
import { type Invocation, Sandbox, type SandboxSpec } from './sandbox.ts';

export interface PoolSpec extends SandboxSpec {
  /** Of one invocation. */
  timeoutMs: number;
}

/**
 * A new process takes longer to load than most invocations take, and stays: one that is about to be
 * free is waited for.
 */
const GROW_AFTER_MS = 100;

/** The sandboxes of one function: made when they are needed, used again while they live. */
export class Pool {
  #spec: PoolSpec;
  readonly #limit: number;
  readonly #all = new Set<Sandbox>();
  /** The one used last is used next, so the others stay cold. */
  readonly #idle: Sandbox[] = [];
  readonly #queue: ((sandbox: Sandbox | null) => void)[] = [];
  #stopped = false;

  constructor(spec: PoolSpec, limit: number) {
    this.#spec = spec;
    this.#limit = limit;
  }

  get busy(): number {
    return this.#all.size - this.#idle.length;
  }

  /** Runs the function once, waiting for a free sandbox for as long as it takes. */
  async invoke(event: unknown): Promise<Invocation> {
    const sandbox = await this.#take();
    if (!sandbox) return { ok: false, reason: 'killed', detail: 'stopped' };
    const outcome = await sandbox.invoke(event, this.#spec.timeoutMs);
    this.#giveBack(sandbox);
    return outcome;
  }

  /** Loads one sandbox ahead of time. False when the function cannot be loaded. */
  async warm(): Promise<boolean> {
    const sandbox = await this.#take();
    if (!sandbox) return false;
    const ready = await sandbox.ready;
    this.#giveBack(sandbox);
    return ready;
  }

  /** Kills every sandbox that is working; resolves to their process ids once they are gone. */
  async killBusy(): Promise<number[]> {
    const busy = [...this.#all].filter((sandbox) => !this.#idle.includes(sandbox));
    await Promise.all(busy.map((sandbox) => sandbox.kill()));
    return busy.map((sandbox) => sandbox.pid);
  }

  /** While nothing works. A sandbox whose environment was another is not used again. */
  async retune(spec: PoolSpec): Promise<void> {
    const isTold = isDeepStrictEqual(spec.environment, this.#spec.environment);
    this.#spec = spec;
    if (isTold) return;
    const old = this.#idle.splice(0);
    for (const sandbox of old) this.#all.delete(sandbox);
    await Promise.all(old.map((sandbox) => sandbox.kill()));
  }

  get pids(): number[] {
    return [...this.#all].map((sandbox) => sandbox.pid);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const waiting of this.#queue.splice(0)) waiting(null);
    await Promise.all([...this.#all].map((sandbox) => sandbox.kill()));
  }

  #take(): Promise<Sandbox | null> {
    if (this.#stopped) return Promise.resolve(null);
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.alive) return Promise.resolve(idle);
      this.#all.delete(idle); // it died in its sleep
    }
    if (this.#all.size === 0) return Promise.resolve(this.#make());
    return new Promise((resolve) => {
      this.#queue.push(resolve);
      if (this.#all.size < this.#limit) setTimeout(() => this.#growFor(resolve), GROW_AFTER_MS);
    });
  }

  #growFor(waiting: (sandbox: Sandbox | null) => void): void {
    const at = this.#queue.indexOf(waiting);
    if (at < 0 || this.#all.size >= this.#limit) return;
    this.#queue.splice(at, 1);
    waiting(this.#make());
  }

  #make(): Sandbox {
    const sandbox = new Sandbox(this.#spec);
    this.#all.add(sandbox);
    return sandbox;
  }

  #giveBack(sandbox: Sandbox): void {
    const next = this.#queue.shift();
    if (!sandbox.alive) {
      this.#all.delete(sandbox);
      next?.(this.#stopped ? null : this.#make());
    } else if (next) next(sandbox);
    else this.#idle.push(sandbox);
  }
}

import type { StreamTaker } from './receive-stream.ts';
import { type Invocation, Sandbox, type SandboxSpec } from './sandbox.ts';

export interface PoolSpec extends SandboxSpec {
  /** Of one invocation. */
  timeoutMs: number;
  /** Sandboxes at most. */
  limit: number;
}

/**
 * How long a call waits for a process at work before another one is made: loading one takes longer
 * than most invocations, and it stays.
 */
const GROW_AFTER_MS = 100;

/** Who calls a function over HTTP. A job of a queue waits for as long as it takes. */
export interface Caller {
  /** For a function whose answers stream. */
  taker?: StreamTaker;
  /** Aborted when the caller does not wait any more. */
  gone?: AbortSignal;
}

interface Waiter {
  give: (sandbox: Sandbox | null) => void;
  /** Whether it has waited long enough for one more process. */
  isOverdue: boolean;
  growTimer?: NodeJS.Timeout;
}

/**
 * The sandboxes of one function, made when they are needed and used again while they live. Only one
 * loads at a time, because several at once would slow down the calls that wait for them. The first
 * that is free serves the call that waits longest.
 */
export class Pool {
  readonly #spec: PoolSpec;
  /** The one used last is used next, so that the same few stay warm. */
  readonly #idle: Sandbox[] = [];
  readonly #working = new Set<Sandbox>();
  #loading: Sandbox | null = null;
  readonly #queue: Waiter[] = [];
  #stopped = false;

  constructor(spec: PoolSpec) {
    this.#spec = spec;
  }

  /** How many run an invocation. */
  get working(): number {
    return this.#working.size;
  }

  /** Whether an invocation runs or waits for a sandbox. */
  get isBusy(): boolean {
    return this.#working.size > 0 || this.#queue.length > 0;
  }

  /** The processes that live: the number of one that has died may be another program's by now. */
  get pids(): number[] {
    return this.#all.filter(({ alive }) => alive).map(({ pid }) => pid);
  }

  /**
   * Runs the function once, waiting for a free sandbox. A call whose caller has gone before it began is dropped:
   * else callers that give up and come again would find an ever longer queue of their own earlier calls.
   */
  async invoke(event: unknown, { taker, gone }: Caller = {}): Promise<Invocation> {
    const sandbox = await this.#take(gone);
    if (!sandbox)
      return { ok: false, reason: 'killed', detail: gone?.aborted ? 'no caller' : 'stopped' };
    const outcome = await sandbox.invoke(event, this.#spec.timeoutMs, taker);
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
    const busy = [...this.#working];
    await Promise.all(busy.map((sandbox) => sandbox.kill()));
    return busy.map((sandbox) => sandbox.pid);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const waiter of this.#queue.splice(0)) this.#serve(waiter, null);
    await Promise.all(this.#all.map((sandbox) => sandbox.kill()));
  }

  get #all(): Sandbox[] {
    return [...this.#idle, ...this.#working, ...(this.#loading ? [this.#loading] : [])];
  }

  #take(gone?: AbortSignal): Promise<Sandbox | null> {
    if (this.#stopped || gone?.aborted) return Promise.resolve(null);
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      // One that died while it was idle is passed over.
      if (idle.alive) return Promise.resolve(this.#handOut(idle));
    }
    return new Promise((resolve) => {
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1);
        this.#serve(waiter, null);
      };
      gone?.addEventListener('abort', leave);
      const give = (sandbox: Sandbox | null) => {
        gone?.removeEventListener('abort', leave);
        resolve(sandbox);
      };
      const waiter: Waiter = { give, isOverdue: false };
      waiter.growTimer = setTimeout(() => {
        waiter.isOverdue = true;
        this.#grow();
      }, GROW_AFTER_MS);
      this.#queue.push(waiter);
      if (this.#working.size === 0) this.#grow();
    });
  }

  #serve(waiter: Waiter, sandbox: Sandbox | null): void {
    clearTimeout(waiter.growTimer);
    waiter.give(sandbox && this.#handOut(sandbox));
  }

  #handOut(sandbox: Sandbox): Sandbox {
    this.#working.add(sandbox);
    return sandbox;
  }

  #giveBack(sandbox: Sandbox): void {
    this.#working.delete(sandbox);
    if (sandbox.alive) this.#offer(sandbox);
    else if (this.#queue.length > 0) this.#grow();
  }

  #offer(sandbox: Sandbox): void {
    const next = this.#queue.shift();
    if (next) this.#serve(next, sandbox);
    else if (sandbox.alive) this.#idle.push(sandbox);
  }

  #grow(): void {
    if (this.#stopped || this.#loading || this.#all.length >= this.#spec.limit) return;
    const sandbox = new Sandbox(this.#spec);
    this.#loading = sandbox;
    // One that could not be loaded is handed out too, so that the call learns why.
    void sandbox.ready.then(() => {
      this.#loading = null;
      if (this.#stopped) return;
      if (this.#queue.length > 0) this.#offer(sandbox);
      else if (sandbox.alive) this.#idle.unshift(sandbox); // last, because it has run nothing yet
      if (this.#queue.some(({ isOverdue }) => isOverdue)) this.#grow();
    });
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { receiveStream, type StreamTaker } from './receive-stream.ts';
import type { SeenCall } from './seen-call.ts';
import type { Lease, Trouble } from './trouble.ts';

export interface ToSandbox {
  id: string;
  event: unknown;
  /** Epoch milliseconds of the machine. */
  deadline: number;
  /** How far the clock of the runtime is ahead of the machine. */
  aheadMs: number;
  /** What is to go wrong; `made` in the answer says whether it did. */
  trouble: Trouble | null;
  /** Where an answer that streams is posted; null: the caller takes none. */
  postTo: string | null;
}
export type FromSandbox =
  | { ready: true }
  | { id: string; value: unknown; made: boolean }
  | { id: string; error: string; made: boolean }
  | { id: string; call: SeenCall }
  | { id: string; entry: Record<string, unknown> };

/** What a watched sandbox tells while it works: a call it made, a line of its log. */
export type SandboxNote = { call: SeenCall } | { entry: Record<string, unknown> };

/** Looks on while a function works. */
export interface InvocationWatch {
  begin(
    name: string,
    event: unknown,
  ): { note(note: SandboxNote): void; end(outcome: Invocation): void };
}

/** How an invocation ended. */
export type Invocation =
  | { ok: true; value: unknown }
  | { ok: false; reason: 'error' | 'timeout' | 'killed' | 'crashed'; detail: string };

export interface SandboxSpec {
  /** The function's name. */
  name: string;
  /** The program that loads the bundle. */
  program: string;
  environment: Record<string, string>;
  /** How far the clock is ahead of the machine: a sandbox goes by it from the next call on. */
  aheadMs?: () => number;
  /** What is to go wrong in the next call; null: nothing. */
  lend?: () => Lease | null;
  /** One line of what the function writes. */
  onOutput: (stream: 'stdout' | 'stderr', line: string) => void;
  /** Null: the sandbox tells nothing of what it does. */
  watch?: InvocationWatch | null;
}

/**
 * How long a sandbox may load. Lambda gives it ten seconds; a machine busy with tests needs more.
 */
const INIT_MS = 30_000;

/** One process that runs one function, one invocation at a time. */
export class Sandbox {
  readonly #process: ChildProcess;
  readonly #exited: Promise<string>;
  /** Resolves to true when it has loaded, to false when it died instead. */
  readonly ready: Promise<boolean>;
  #killed: 'timeout' | 'killed' | null = null;
  #answer: ((news: FromSandbox) => void) | null = null;
  #watched: ReturnType<InvocationWatch['begin']> | null = null;
  readonly #spec: SandboxSpec;

  constructor(spec: SandboxSpec) {
    this.#spec = spec;
    this.#process = fork(spec.program, {
      env: spec.environment,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      const input = this.#process[stream];
      if (input) createInterface({ input }).on('line', (line) => spec.onOutput(stream, line));
    }
    this.#exited = new Promise((resolve) => {
      this.#process.on('error', (error) => resolve(error.message));
      this.#process.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const slow = setTimeout(() => this.#end('timeout'), INIT_MS);
    this.ready = Promise.race([
      new Promise<boolean>((resolve) => {
        this.#process.on('message', (news: FromSandbox) => {
          if ('ready' in news) resolve(true);
          else if ('call' in news || 'entry' in news) this.#watched?.note(news);
          else this.#answer?.(news);
        });
      }),
      this.#exited.then(() => false),
    ]);
    void this.ready.finally(() => clearTimeout(slow));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null && !this.#killed;
  }

  /** One invocation. `taker`: for a function whose answers stream. */
  async invoke(event: unknown, timeoutMs: number, taker?: StreamTaker): Promise<Invocation> {
    this.#watched = this.#spec.watch?.begin(this.#spec.name, event) ?? null;
    const outcome = await this.#run(event, timeoutMs, taker);
    this.#watched?.end(outcome);
    return outcome;
  }

  async #run(event: unknown, timeoutMs: number, taker?: StreamTaker): Promise<Invocation> {
    if (!(await this.ready)) return this.#obituary();
    const receiver = taker && (await receiveStream(taker));
    const id = randomUUID();
    const answered = new Promise<FromSandbox>((resolve) => {
      this.#answer = resolve;
    });
    const late = setTimeout(() => this.#end('timeout'), timeoutMs);
    const postTo = receiver?.url ?? null;
    const aheadMs = this.#spec.aheadMs?.() ?? 0;
    const lease = this.#spec.lend?.() ?? null;
    const trouble = lease?.trouble ?? null;
    const deadline = Date.now() + timeoutMs;
    const message: ToSandbox = { id, event, deadline, aheadMs, trouble, postTo };
    // A process that has just died takes no message; then `#exited` resolves.
    this.#process.send(message, () => {});
    const news = await Promise.race([answered, this.#exited]);
    clearTimeout(late);
    this.#answer = null;
    await receiver?.close();
    const isKill = trouble === 'kill' && typeof news === 'string';
    if (isKill) this.#killed ??= 'killed';
    else if (!(typeof news === 'object' && 'made' in news && news.made)) lease?.giveBack();
    if (typeof news === 'string') return this.#obituary();
    if ('value' in news) return { ok: true, value: news.value };
    return { ok: false, reason: 'error', detail: 'error' in news ? news.error : '' };
  }

  /** Kills it with SIGKILL, so that it cannot tidy up. Resolves when it is gone. */
  async kill(): Promise<void> {
    this.#end('killed');
    await this.#exited;
  }

  #end(why: 'timeout' | 'killed'): void {
    this.#killed ??= why;
    this.#process.kill('SIGKILL');
  }

  async #obituary(): Promise<Invocation> {
    return { ok: false, reason: this.#killed ?? 'crashed', detail: await this.#exited };
  }
}

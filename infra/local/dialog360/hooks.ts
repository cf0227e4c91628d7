import type { HttpAnswer } from '../http/serve.ts';

/**
 * Looks at a request or message first. What it returns is answered instead of the double's own
 * answer.
 */
export type Hook<T> = (thing: T) => HttpAnswer | undefined | Promise<HttpAnswer | undefined>;

/** Hooks in the order in which they were added. When one answers, those behind it are not asked. */
export class Hooks<T> {
  readonly #all = new Set<Hook<T>>();

  /** Returns the function that removes the hook. */
  add(hook: Hook<T>): () => void {
    this.#all.add(hook);
    return () => this.#all.delete(hook);
  }

  clear(): void {
    this.#all.clear();
  }

  async first(thing: T): Promise<HttpAnswer | undefined> {
    for (const hook of this.#all) {
      const answer = await hook(thing);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }
}

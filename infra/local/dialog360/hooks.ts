import type { HttpAnswer } from '../http/serve.ts';

/** Looks at something first; an answer takes the place of the double's own. */
export type Hook<T> = (thing: T) => HttpAnswer | undefined | Promise<HttpAnswer | undefined>;

/** Hooks in the order of their adding; the first that answers is the last that is asked. */
export class Hooks<T> {
  readonly #all = new Set<Hook<T>>();

  /** Returns the way to take the hook back. */
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

/** What is to happen to the next things, and how often: nothing, so often, or until it is switched off. */
export class Armed<Name extends string> {
  readonly #left = new Map<Name, number>();
  /** Runs after each change. */
  onChange: () => void = () => {};

  /** `times` more; `Infinity`: until it is switched off. */
  arm(name: Name, times: number): void {
    this.#left.set(name, this.left(name) + times);
    this.onChange();
  }

  disarm(name: Name): void {
    if (this.#left.delete(name)) this.onChange();
  }

  left(name: Name): number {
    return this.#left.get(name) ?? 0;
  }

  /** Whether it happens now: then it happens once less. */
  take(name: Name): boolean {
    const left = this.left(name);
    if (left === 0) return false;
    if (left === 1) this.#left.delete(name);
    else this.#left.set(name, left - 1);
    this.onChange();
    return true;
  }

  clear(): void {
    this.#left.clear();
  }
}

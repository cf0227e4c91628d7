/** What becomes of the next messages of the business, where it is to be something else than usual. */
export interface Outcome {
  /** Whose messages: of this 360dialog API key; null: of any. */
  key: string | null;
  /** To whom: a phone number or BSUID; null: to anyone. */
  person: string | null;
  /** WhatsApp's code of the failure; null: the message goes, and the answer that says so is lost. */
  code: number | null;
  /** Whether the message is refused at once; else it is accepted and a `failed` status follows. */
  atOnce: boolean;
  /** How many more messages; `Infinity`: until it is dropped. */
  times: number;
  /** By which name it was asked for, where it has one (infra/local/faults). */
  fault?: string;
}

/** The outcomes that wait for their messages, in the order in which they were asked for. */
export class Outcomes {
  #waiting: Outcome[] = [];
  /** Runs after each change. */
  onChange: () => void = () => {};

  add(outcome: Outcome): void {
    this.#waiting.push({ ...outcome });
    this.onChange();
  }

  /** The outcome of a message that is sent now; null: the usual. */
  next(key: string, person: string): Outcome | null {
    const outcome = this.#waiting.find(
      (one) => (one.key ?? key) === key && (one.person ?? person) === person,
    );
    if (!outcome) return null;
    outcome.times -= 1;
    this.#waiting = this.#waiting.filter(({ times }) => times > 0);
    this.onChange();
    return outcome;
  }

  waiting(): readonly Readonly<Outcome>[] {
    return this.#waiting;
  }

  /** For how many more messages there are outcomes of this name. */
  left(fault: string): number {
    const named = this.#waiting.filter((one) => one.fault === fault);
    return named.reduce((sum, { times }) => sum + times, 0);
  }

  drop(fault: string): void {
    this.#waiting = this.#waiting.filter((one) => one.fault !== fault);
    this.onChange();
  }

  clear(): void {
    this.#waiting = [];
    this.onChange();
  }
}

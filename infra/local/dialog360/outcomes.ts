/** What becomes of the next messages of the business, where it is to be something else than usual. */
export interface Outcome {
  /** Whose messages: of this 360dialog API key; null: of any. */
  key: string | null;
  /** To whom: a phone number or BSUID; null: to anyone. */
  person: string | null;
  /** WhatsApp's code of the failure. */
  code: number;
  /** Whether the message is refused at once; else it is accepted and a `failed` status follows. */
  atOnce: boolean;
  /** How many more messages. */
  times: number;
}

/** The outcomes that wait for their messages, in the order in which they were asked for. */
export class Outcomes {
  #waiting: Outcome[] = [];

  add(outcome: Outcome): void {
    this.#waiting.push({ ...outcome });
  }

  /** The outcome of a message that is sent now; null: the usual. */
  next(key: string, person: string): Outcome | null {
    const outcome = this.#waiting.find(
      (one) => (one.key ?? key) === key && (one.person ?? person) === person,
    );
    if (!outcome) return null;
    outcome.times -= 1;
    this.#waiting = this.#waiting.filter(({ times }) => times > 0);
    return outcome;
  }

  waiting(): readonly Readonly<Outcome>[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting = [];
  }
}

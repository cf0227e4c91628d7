import type { Delivery, Part, PartStatus } from '../../shared/contract/delivery.ts';
import { rankOf } from '../../shared/rules/delivery/delivery-progress.ts';
import { type DeliveryNotes, noteDelivery } from '../../shared/store/delivery/delivery-notes.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { givesWay, insertDelivery } from '../../shared/store/delivery/insert-delivery.ts';
import { type PartChanges, recordParts } from '../../shared/store/delivery/record-parts.ts';
import type { SendDeps } from './deps.ts';
import { ChatErased } from './visit.ts';

/**
 * The delivery of one reply while it is sent. Changes are held until `flush`, so that the end of one
 * part and the beginning of the next are one write. When a status, or an earlier invocation, has
 * written first, the held changes are dropped and the delivery is read again: what the table says counts.
 */
export class OpenDelivery {
  #state: Delivery;
  #stored: boolean;
  #held: PartChanges = {};
  #notes: DeliveryNotes = {};
  readonly #deps: SendDeps;
  /** Marks the parts that this invocation writes. */
  readonly #by: string;

  /** `stored`: the table says the same already. */
  constructor(deps: SendDeps, state: Delivery, { stored }: { stored: boolean }) {
    this.#deps = deps;
    this.#by = String(deps.chance());
    this.#state = state;
    this.#stored = stored;
  }

  /** The delivery as it will be once what is held has been written. */
  get state(): Delivery {
    return this.#state;
  }

  set(index: number, unmarked: Part): void {
    const part = { ...unmarked, by: this.#by };
    this.#held[index] = part;
    this.#state = { ...this.#state, parts: { ...this.#state.parts, [index]: part } };
  }

  /** What is to stand beside the parts: written with the next part that changes. */
  note(facts: DeliveryNotes): void {
    this.#notes = { ...this.#notes, ...facts };
    this.#state = { ...this.#state, ...facts };
  }

  /** False: the table held a delivery of this reply already, and `state` now says what stands in it. */
  async isUpToDate(): Promise<boolean> {
    if (this.#stored) return true;
    const { channel_id, reply_id } = this.#state;
    const found = await findDelivery(this.#deps.table, channel_id, reply_id);
    if (!found || givesWay(found, this.#state)) return true;
    this.#stored = true;
    this.#state = found;
    return false;
  }

  /** False: a status, or an earlier invocation, has written first, and `state` now says what it wrote. */
  async flush(): Promise<boolean> {
    if (Object.keys(this.#held).length === 0) return true;
    const [held, notes] = [this.#held, this.#notes];
    [this.#held, this.#notes] = [{}, {}];
    const { table, now } = this.#deps;
    const written = this.#stored
      ? await this.#record(held, notes)
      : await insertDelivery(table, this.#state, now());
    this.#stored = true;
    if (written) return true;
    await this.#readAgain();
    return this.#areOurs(held);
  }

  /** Notes first: a function that reads of an end finds them there. */
  async #record(held: PartChanges, notes: DeliveryNotes): Promise<boolean> {
    const { table } = this.#deps;
    const hasNotes = Object.keys(notes).length > 0;
    if (hasNotes && !(await noteDelivery(table, this.#state, notes))) return false;
    return recordParts(table, this.#state, held);
  }

  /** The client repeats a write whose answer was lost; the table then refuses it, though it was ours. */
  #areOurs(held: PartChanges): boolean {
    const { parts } = this.#state;
    return Object.entries(held).every(([index, part]) => {
      const stored = parts[index];
      return (
        stored !== undefined &&
        stored.by === part.by &&
        stored.status === part.status &&
        stored.at === part.at
      );
    });
  }

  async #readAgain(): Promise<void> {
    const { channel_id, reply_id } = this.#state;
    const found = await findDelivery(this.#deps.table, channel_id, reply_id);
    // Erased between two writes: no words are left to send, and no visitor to send them to.
    if (!found) throw new ChatErased();
    this.#state = found;
  }
}

/** A part in a new state, with its own reasons; what does not change is carried over. */
export const partAs = (
  status: PartStatus,
  at: number,
  facts: Partial<Omit<Part, 'status' | 'rank' | 'at'>> = {},
  before?: Part,
): Part => {
  const {
    retry_at: _,
    code: _c,
    reason: _r,
    notes: _n,
    goes_again: _g,
    unrecorded: _u,
    ...kept
  } = before ?? { attempts: 0 };
  return {
    message_id: null,
    ...kept,
    status,
    rank: rankOf(status),
    at,
    code: null,
    reason: null,
    ...facts,
  };
};

import type { Delivery, Part, PartStatus } from '../../shared/contract/delivery.ts';
import { rankOf } from '../../shared/rules/delivery/delivery-progress.ts';
import { type DeliveryNotes, noteDelivery } from '../../shared/store/delivery/delivery-notes.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { givesWay, openDelivery } from '../../shared/store/delivery/open-delivery.ts';
import { type PartChanges, recordParts } from '../../shared/store/delivery/record-parts.ts';
import type { SendDeps } from './deps.ts';

/**
 * The ledger of one reply while it is sent. Changes are held until `flush`, so that the end of one
 * part and the beginning of the next are one write. When a status, or an earlier run, was there
 * first, the held changes are dropped and the ledger is read again: what the table says counts.
 */
export class Ledger {
  #delivery: Delivery;
  #stored: boolean;
  #held: PartChanges = {};
  #notes: DeliveryNotes = {};
  readonly #deps: SendDeps;
  /** Marks what this run writes. */
  readonly #by: string;

  /** `stored`: the table says the same already. */
  constructor(deps: SendDeps, delivery: Delivery, { stored = false } = {}) {
    this.#deps = deps;
    this.#by = String(deps.chance());
    this.#delivery = delivery;
    this.#stored = stored;
  }

  get delivery(): Delivery {
    return this.#delivery;
  }

  set(index: number, unmarked: Part): void {
    const part = { ...unmarked, by: this.#by };
    this.#held[index] = part;
    this.#delivery = {
      ...this.#delivery,
      parts: { ...this.#delivery.parts, [index]: part },
    };
  }

  /** What is to stand beside the parts: written with the next that changes. */
  note(facts: DeliveryNotes): void {
    this.#notes = { ...this.#notes, ...facts };
    this.#delivery = { ...this.#delivery, ...facts };
  }

  /** False: there is a ledger already, and this one now says what stands in it. */
  async isCurrent(): Promise<boolean> {
    if (this.#stored) return true;
    const { channel_id, reply_id } = this.#delivery;
    const found = await findDelivery(this.#deps.table, channel_id, reply_id);
    if (!found || givesWay(found, this.#delivery)) return true;
    this.#stored = true;
    this.#delivery = found;
    return false;
  }

  /** False: somebody was there first, and the ledger now says what they wrote. */
  async flush(): Promise<boolean> {
    if (Object.keys(this.#held).length === 0) return true;
    const [held, notes] = [this.#held, this.#notes];
    [this.#held, this.#notes] = [{}, {}];
    const { table, now } = this.#deps;
    const written = this.#stored
      ? await this.#record(held, notes)
      : await openDelivery(table, this.#delivery, now());
    this.#stored = true;
    if (written) return true;
    await this.#readAgain();
    return this.#areOurs(held);
  }

  /** Notes first: whoever reads of an end finds them there. */
  async #record(held: PartChanges, notes: DeliveryNotes): Promise<boolean> {
    const { table } = this.#deps;
    const hasNotes = Object.keys(notes).length > 0;
    if (hasNotes && !(await noteDelivery(table, this.#delivery, notes))) return false;
    return recordParts(table, this.#delivery, held);
  }

  /** The client repeats a write whose answer was lost, and is then told that somebody was first. */
  #areOurs(held: PartChanges): boolean {
    const { parts } = this.#delivery;
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
    const { channel_id, reply_id } = this.#delivery;
    const found = await findDelivery(this.#deps.table, channel_id, reply_id);
    // Erased between two writes: there is nothing left to send, and nobody to send it to.
    if (!found) throw new ChatErased();
    this.#delivery = found;
  }
}

/** The chat was erased while one of its replies was being sent. */
export class ChatErased extends Error {}

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

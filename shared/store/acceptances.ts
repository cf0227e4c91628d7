// What was accepted under an Idempotency-Key (PROTOCOLS 12.1 and 12.3).
import { hashOf } from '../kernel/hash.ts';
import { acceptedKey, expiry } from './keys.ts';
import { getItem, putItem, type Table } from './table.ts';

/** How long a key stands for one request (docs/contract.md#agent-to-us). */
const KEY_MS = 24 * 60 * 60 * 1000;

/** An Idempotency-Key a caller gave, at one endpoint of one channel. */
export interface KeyPlace {
  channelId: string;
  endpoint: string;
  key: string;
}

/** What was accepted under a key: every repeat is answered from it. */
export interface Acceptance {
  /** The hash of the request's body: another body under the same key is refused. */
  body_hash: string;
  /** Epoch milliseconds: ids are made from the key and this, so that a key may be used again later. */
  accepted_at: number;
  /** What the endpoint decided, such as the chat. */
  facts: Record<string, string | number>;
}

/** What was accepted under a key in the last 24 hours; null: nothing. Read consistently. */
export async function findAcceptance(
  table: Table,
  place: KeyPlace,
  now: number,
): Promise<Acceptance | null> {
  const found = await getItem<Acceptance>(table, keyOf(place), { consistent: true });
  return found && found.accepted_at > now - KEY_MS ? found : null;
}

/** PROTOCOLS 12.3: the first request under a key counts; returns what was accepted then. */
export async function claimAcceptance(
  table: Table,
  place: KeyPlace,
  wanted: Acceptance,
): Promise<Acceptance> {
  const { accepted_at: now } = wanted;
  const claimed = await putItem(
    table,
    { ...keyOf(place), ...wanted, ...expiry(now, 1) },
    {
      condition: 'attribute_not_exists(#pk) OR #accepted_at <= :outlived',
      values: { ':outlived': now - KEY_MS },
    },
  );
  if (claimed) return wanted;
  const winner = await findAcceptance(table, place, now);
  return winner ?? claimAcceptance(table, place, wanted); // it expired in between, so the key is free again
}

/** A caller's key may be any text a header holds; its hash fits into a key of the table. */
const keyOf = ({ channelId, endpoint, key }: KeyPlace) =>
  acceptedKey(channelId, hashOf(endpoint, key));

import { Failure } from '../../shared/kernel/failure.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import {
  type Acceptance,
  claimAcceptance,
  findAcceptance,
} from '../../shared/store/acceptances.ts';
import type { RequestsDeps } from './deps.ts';

type Facts = Acceptance['facts'];

/** A request at one endpoint of one channel. */
export interface Asked {
  channelId: string;
  endpoint: string;
  /** The `Idempotency-Key`; null: nobody will repeat it. */
  key: string | null;
  bodyHash: string;
}

/** A request that counts, the same for every repeat of it. */
export interface Accepted<F extends Facts> {
  facts: F;
  /** Epoch milliseconds. */
  acceptedAt: number;
  /** Whether somebody was answered from it before, or is about to be. */
  isRepeat: boolean;
  /** The id of something it makes. */
  idFor(prefix: string): string;
}

/**
 * PROTOCOLS 12.1 and 12.3: decides once for all who ask under one key, at once or within 24 hours.
 * Throws `idempotency-key-reused` for another body, and what `decide` throws: then nothing counts.
 */
export async function acceptOnce<F extends Facts>(
  { table, now, newNonce }: Pick<RequestsDeps, 'table' | 'now' | 'newNonce'>,
  { channelId, endpoint, key, bodyHash }: Asked,
  decide: () => Promise<F>,
): Promise<Accepted<F>> {
  if (key === null) {
    const nonce = newNonce();
    return {
      facts: await decide(),
      acceptedAt: now(),
      isRepeat: false,
      idFor: (prefix) => idOf(prefix, channelId, endpoint, nonce),
    };
  }
  const place = { channelId, endpoint, key };
  const known = await findAcceptance(table, place, now());
  if (known) return repeated<F>(known, bodyHash, place);
  const wanted: Acceptance = { body_hash: bodyHash, accepted_at: now(), facts: await decide() };
  const counts = await claimAcceptance(table, place, wanted);
  return { ...repeated<F>(counts, bodyHash, place), isRepeat: counts !== wanted };
}

function repeated<F extends Facts>(
  { body_hash, accepted_at: acceptedAt, facts }: Acceptance,
  bodyHash: string,
  { channelId, endpoint, key }: { channelId: string; endpoint: string; key: string },
): Accepted<F> {
  if (body_hash !== bodyHash) {
    throw new Failure('idempotency-key-reused', {
      detail: 'Within 24 hours a key stands for one request. Give a new request a new key.',
    });
  }
  return {
    facts: facts as F,
    acceptedAt,
    isRepeat: true,
    idFor: (prefix) => idOf(prefix, channelId, endpoint, key, acceptedAt),
  };
}

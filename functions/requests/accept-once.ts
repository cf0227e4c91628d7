import { Failure } from '../../shared/kernel/failure.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import {
  type Acceptance,
  claimAcceptance,
  findAcceptance,
} from '../../shared/store/acceptances.ts';
import type { RequestsDeps } from './deps.ts';

type Facts = Acceptance['facts'];

/** A request at one endpoint of one channel, and what repeats of it are known by. */
export interface AskedRequest {
  channelId: string;
  endpoint: string;
  /** The `Idempotency-Key`; null: the caller gave none, and every request counts. */
  key: string | null;
  bodyHash: string;
}

/** A request that was accepted: the same for the first one and every repeat of it. */
export interface AcceptedRequest<F extends Facts> {
  /** What was decided about it. */
  facts: F;
  /** Epoch milliseconds. */
  acceptedAt: number;
  /** Whether another request under the same key was accepted before this one. */
  isRepeat: boolean;
  /** The id of something that the request makes, the same for every repeat. */
  idFor(prefix: string): string;
}

/**
 * PROTOCOLS 12.1 and 12.3: decides once for all requests under one key, whether they come at the same
 * time or within 24 hours. Throws `idempotency-key-reused` for a request with another body, and what
 * `decide` throws: then nothing is accepted, and the key is free.
 */
export async function acceptOnce<F extends Facts>(
  { table, now, newNonce }: Pick<RequestsDeps, 'table' | 'now' | 'newNonce'>,
  { channelId, endpoint, key, bodyHash }: AskedRequest,
  decide: () => Promise<F>,
): Promise<AcceptedRequest<F>> {
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
): AcceptedRequest<F> {
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

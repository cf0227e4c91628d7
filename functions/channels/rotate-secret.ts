import type { ChannelAccess } from '../../shared/contract/channel.ts';
import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import type { ChannelSecrets } from '../../shared/contract/channel-secrets.ts';
import { secretHash } from '../../shared/kernel/hash.ts';
import { replaceHash } from '../../shared/rules/channel/secret-hashes.ts';
import { answerAbout } from './answer-about.ts';
import { changeChannel } from './change-channel.ts';
import type { ChannelRef } from './channel-ref.ts';
import type { ChannelsDeps } from './deps.ts';
import { newAgentSecret, newApiKey, newToken } from './new-secrets.ts';

const HOUR_MS = 60 * 60 * 1000;

interface NewSecrets {
  /** The row keeps a hash of each of these, which an endpoint compares with what a caller shows. */
  hashed: Partial<Record<keyof ChannelAccess, string>>;
  /** These are kept themselves: we show them to the operator again, send them, or sign with them. */
  kept: Partial<ChannelSecrets>;
  /** These are shown in this answer, and in no later one. */
  shown: Pick<ChannelAnswer, 'api_key' | 'agent_secret'>;
}

interface Rotation {
  make: (deps: ChannelsDeps) => NewSecrets;
  /** How long the old ones stay valid. By default time to carry the new one to where it is used. */
  graceMs?: number;
  /** Whether an active channel must be registered at the provider again. */
  isRegistered?: boolean;
}

const ROTATIONS = {
  /** The address the provider posts to, and the header that proves who posts. */
  'webhook-token': {
    make: (deps) => {
      const pair = { webhook_token: newToken(deps), webhook_header: newToken(deps) };
      return { hashed: pair, kept: pair, shown: {} };
    },
    // Longer than the 7 days for which the provider repeats what it posted to the old address.
    graceMs: 8 * 24 * HOUR_MS,
    isRegistered: true,
  },
  'api-key': {
    make: (deps) => {
      const api_key = newApiKey(deps);
      return { hashed: { api_key }, kept: {}, shown: { api_key } };
    },
  },
  /** The key to sign events with. During the grace events carry a signature of the old one as well. */
  'agent-secret': {
    make: (deps) => {
      const agent_secret = newAgentSecret(deps);
      return { hashed: {}, kept: { agent_secret }, shown: { agent_secret } };
    },
  },
  /** The address for Incoming Requests. */
  'incoming-request-token': {
    make: (deps) => {
      const token = { incoming_request_token: newToken(deps) };
      return { hashed: token, kept: token, shown: {} };
    },
  },
} satisfies Record<string, Rotation>;

/** What can be rotated, as `POST /admin/channels/{id}/rotate-…` names it. */
export type Rotatable = keyof typeof ROTATIONS;

/**
 * Gives a channel a new secret of one kind. The old one stays valid for a while, so that what still
 * uses it goes on working, unless `atOnce`. Throws as `changeChannel`.
 */
export async function rotateSecret(
  deps: ChannelsDeps,
  what: Rotatable,
  ref: ChannelRef,
  atOnce: boolean,
): Promise<ChannelAnswer> {
  const { make, graceMs = 24 * HOUR_MS, isRegistered = false }: Rotation = ROTATIONS[what];
  const { hashed, kept, shown } = make(deps);
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => {
    const now = deps.now();
    const oldValidUntil = atOnce ? null : now + graceMs;
    const access = withNewHashes(channel.access, hashed, { now, oldValidUntil });
    const previous = previousAgentSecret(secrets.agent_secret, oldValidUntil);
    return {
      after: {
        channel: { ...channel, access },
        secrets: {
          ...secrets,
          ...kept,
          ...(kept.agent_secret && { previous_agent_secret: previous }),
        },
      },
      askAgent: false,
      register: isRegistered && channel.active,
    };
  });
  return answerAbout(deps, saved, shown);
}

function withNewHashes(
  access: ChannelAccess,
  hashed: NewSecrets['hashed'],
  grace: { now: number; oldValidUntil: number | null },
): ChannelAccess {
  const replaced = Object.entries(hashed).map(([name, secret]) => {
    const hashes = access[name as keyof ChannelAccess];
    return [name, replaceHash(hashes, secretHash(secret), grace)];
  });
  return { ...access, ...Object.fromEntries(replaced) };
}

const previousAgentSecret = (secret: string, oldValidUntil: number | null) =>
  oldValidUntil === null ? null : { secret, valid_until: oldValidUntil };

import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { secretHash } from '../../shared/kernel/hash.ts';
import { replaceHash } from '../../shared/rules/channel/secret-hashes.ts';
import { answerAbout } from './answer-about.ts';
import { type ChannelRef, changeChannel } from './change-channel.ts';
import type { ChannelsDeps } from './deps.ts';
import { graceOf, WEBHOOK_GRACE_MS } from './grace.ts';
import { newToken } from './new-secret.ts';

/**
 * A new webhook address with a new secret header. An active channel is registered at the provider
 * again; the old pair stays valid for 8 days, so that nothing repeated is lost, unless `atOnce`.
 */
export async function rotateWebhookToken(
  deps: ChannelsDeps,
  ref: ChannelRef,
  atOnce: boolean,
): Promise<ChannelAnswer> {
  const webhook_token = newToken(deps);
  const webhook_header = newToken(deps);
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => {
    const grace = graceOf(deps, WEBHOOK_GRACE_MS, atOnce);
    const access = {
      ...channel.access,
      webhook_token: replaceHash(channel.access.webhook_token, secretHash(webhook_token), grace),
      webhook_header: replaceHash(channel.access.webhook_header, secretHash(webhook_header), grace),
    };
    return {
      after: {
        channel: { ...channel, access },
        secrets: { ...secrets, webhook_token, webhook_header },
      },
      askAgent: false,
      register: channel.active,
    };
  });
  return answerAbout(deps, saved);
}

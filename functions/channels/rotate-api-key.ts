import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { secretHash } from '../../shared/kernel/hash.ts';
import { replaceHash } from '../../shared/rules/channel/secret-hashes.ts';
import { answerAbout } from './answer-about.ts';
import { type ChannelRef, changeChannel } from './change-channel.ts';
import type { ChannelsDeps } from './deps.ts';
import { graceOf, SECRET_GRACE_MS } from './grace.ts';
import { newApiKey } from './new-secret.ts';

/** A new API key, shown in this answer only; the old one stays valid for 24 hours unless `atOnce`. */
export async function rotateApiKey(
  deps: ChannelsDeps,
  ref: ChannelRef,
  atOnce: boolean,
): Promise<ChannelAnswer> {
  const apiKey = newApiKey(deps);
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => {
    const grace = graceOf(deps, SECRET_GRACE_MS, atOnce);
    const api_key = replaceHash(channel.access.api_key, secretHash(apiKey), grace);
    return {
      after: { channel: { ...channel, access: { ...channel.access, api_key } }, secrets },
      askAgent: false,
      register: false,
    };
  });
  return answerAbout(deps, saved, { api_key: apiKey });
}

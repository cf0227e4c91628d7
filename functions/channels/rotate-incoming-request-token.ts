import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { secretHash } from '../../shared/kernel/hash.ts';
import { replaceHash } from '../../shared/rules/channel/secret-hashes.ts';
import { answerAbout } from './answer-about.ts';
import { type ChannelRef, changeChannel } from './change-channel.ts';
import type { ChannelsDeps } from './deps.ts';
import { graceOf, SECRET_GRACE_MS } from './grace.ts';
import { newToken } from './new-secret.ts';

/** A new address for Incoming Requests; the old one stays valid for 24 hours unless `atOnce`. */
export async function rotateIncomingRequestToken(
  deps: ChannelsDeps,
  ref: ChannelRef,
  atOnce: boolean,
): Promise<ChannelAnswer> {
  const token = newToken(deps);
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => {
    const grace = graceOf(deps, SECRET_GRACE_MS, atOnce);
    const hashes = channel.access.incoming_request_token;
    const incoming_request_token = replaceHash(hashes, secretHash(token), grace);
    return {
      after: {
        channel: { ...channel, access: { ...channel.access, incoming_request_token } },
        secrets: { ...secrets, incoming_request_token: token },
      },
      askAgent: false,
      register: false,
    };
  });
  return answerAbout(deps, saved);
}

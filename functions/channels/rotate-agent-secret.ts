import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { answerAbout } from './answer-about.ts';
import { type ChannelRef, changeChannel } from './change-channel.ts';
import type { ChannelsDeps } from './deps.ts';
import { graceOf, SECRET_GRACE_MS } from './grace.ts';
import { newAgentSecret } from './new-secret.ts';

/**
 * A new key to sign events with, shown in this answer only. For 24 hours events carry a signature of
 * the old one as well, so the agent may change over whenever it likes, unless `atOnce`.
 */
export async function rotateAgentSecret(
  deps: ChannelsDeps,
  ref: ChannelRef,
  atOnce: boolean,
): Promise<ChannelAnswer> {
  const agentSecret = newAgentSecret(deps);
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => {
    const { oldValidUntil } = graceOf(deps, SECRET_GRACE_MS, atOnce);
    const previous_agent_secret =
      oldValidUntil === null ? null : { secret: secrets.agent_secret, valid_until: oldValidUntil };
    return {
      after: { channel, secrets: { ...secrets, agent_secret: agentSecret, previous_agent_secret } },
      askAgent: false,
      register: false,
    };
  });
  return answerAbout(deps, saved, { agent_secret: agentSecret });
}

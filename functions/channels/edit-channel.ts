import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { channelFields } from '../../shared/rules/channel/channel-fields.ts';
import { mergeEdit } from '../../shared/rules/channel/merge-edit.ts';
import { answerAbout } from './answer-about.ts';
import { changeChannel } from './change-channel.ts';
import type { ChannelRef } from './channel-ref.ts';
import type { ChannelsDeps } from './deps.ts';
import { readChannelInput } from './read-channel-input.ts';

/**
 * Changes a channel as one atomic edit. The agent and the provider are called only where the edit needs
 * it: `active: true` is an activation, the new agent of an active channel must be ready, and the new
 * token or host of an active channel is registered. Throws `request-invalid`, and as `changeChannel`.
 */
export async function editChannel(
  deps: ChannelsDeps,
  ref: ChannelRef,
  edit: Record<string, unknown>,
): Promise<ChannelAnswer> {
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => {
    const input = readChannelInput(mergeEdit(channel, secrets, edit), deps.reach, edit);
    const after = {
      channel: { ...channel, ...channelFields(input) },
      secrets: { ...secrets, token: input.token, agent_headers: input.agent.headers },
    };
    const activated = edit.active === true || (!channel.active && input.active);
    const moved =
      after.channel.token_sha256 !== channel.token_sha256 ||
      after.channel.hosting !== channel.hosting ||
      after.channel.base_url !== channel.base_url;
    return {
      after,
      askAgent: input.active && (activated || input.agent.url !== channel.agent.url),
      register: input.active && (activated || moved),
    };
  });
  return answerAbout(deps, saved);
}

import type { Channel } from '../../shared/contract/channel.ts';
import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import {
  agentSecrets,
  channelFields,
  transcriberSecrets,
} from '../../shared/rules/channel/channel-fields.ts';
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
      secrets: {
        ...secrets,
        token: input.token,
        ...agentSecrets(input),
        ...transcriberSecrets(input),
      },
    };
    const activated = edit.active === true || (!channel.active && input.active);
    const moved =
      after.channel.token_sha256 !== channel.token_sha256 ||
      after.channel.hosting !== channel.hosting ||
      after.channel.base_url !== channel.base_url;
    return {
      after,
      askAgent: input.active && (activated || isOtherAgent(channel.agent, after.channel.agent)),
      register: input.active && (activated || moved),
    };
  });
  return answerAbout(deps, saved);
}

/** Whether another agent answers from now on, or at another address: it must say anew that it is ready. */
const isOtherAgent = (before: Channel['agent'], after: Channel['agent']): boolean =>
  (['kind', 'url', 'model', 'assistant_id', 'runtime_arn'] as const).some(
    (name) => before[name] !== after[name],
  );

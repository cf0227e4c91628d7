import type { Channel } from '../../shared/contract/channel.ts';
import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import type { ChannelSecrets } from '../../shared/contract/channel-secrets.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { secretHash } from '../../shared/kernel/hash.ts';
import {
  agentSecrets,
  channelFields,
  transcriberSecrets,
} from '../../shared/rules/channel/channel-fields.ts';
import { withUsualOptions } from '../../shared/rules/channel/merge-edit.ts';
import { answerAbout } from './answer-about.ts';
import type { ChannelsDeps } from './deps.ts';
import { newAgentSecret, newApiKey, newToken } from './new-secrets.ts';
import { readChannelInput } from './read-channel-input.ts';
import { saveChannel } from './save-channel.ts';
import { startTimeBudget } from './time-budget.ts';

/**
 * Creates a channel with secrets of its own; with `active: true` it is activated as well. No later
 * answer shows this API key and this agent secret again. Throws `request-invalid`, and as `saveChannel`.
 */
export async function createChannel(deps: ChannelsDeps, body: unknown): Promise<ChannelAnswer> {
  const input = readChannelInput(withUsualOptions(body), deps.reach, body);
  const secrets: ChannelSecrets = {
    token: input.token,
    agent_secret: newAgentSecret(deps),
    previous_agent_secret: null,
    ...agentSecrets(input),
    ...transcriberSecrets(input),
    webhook_token: newToken(deps),
    webhook_header: newToken(deps),
    incoming_request_token: newToken(deps),
  };
  const apiKey = newApiKey(deps);
  const createdAt = new Date(deps.now()).toISOString();
  const channel: Channel = {
    ...channelFields(input),
    id: `ch_${deps.random(10).toString('hex')}`,
    version: 0,
    secret_version: 0,
    access: {
      webhook_token: hashOfSecret(secrets.webhook_token),
      webhook_header: hashOfSecret(secrets.webhook_header),
      api_key: hashOfSecret(apiKey),
      incoming_request_token: hashOfSecret(secrets.incoming_request_token),
    },
    created_at: createdAt,
    updated_at: createdAt,
  };
  const { active } = input;
  const change = { before: null, after: { channel, secrets }, askAgent: active, register: active };
  const saved = await saveChannel(deps, change, startTimeBudget(deps));
  // Another channel has the same 80 random bits as its id: a second try draws others.
  if (saved === 'conflict') throw new Failure('unavailable', { what: 'channel id' });
  return answerAbout(deps, saved, { api_key: apiKey, agent_secret: secrets.agent_secret });
}

const hashOfSecret = (secret: string) => [{ sha256: secretHash(secret), valid_until: null }];

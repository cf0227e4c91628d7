import type { ChannelAnswer } from '../../../shared/contract/channel-answer.ts';
import { aboutChannel, named } from '../about-channel.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../outcome.ts';

interface Secret {
  /** How long the old one stays valid (docs/contract.md#operator-to-us). */
  grace: string;
  told: (answer: ChannelAnswer) => string;
}

const SECRETS: Record<string, Secret> = {
  'webhook-token': {
    grace: '8 days',
    told: ({ channel }) => `New webhook: ${channel.webhook_url}`,
  },
  'api-key': {
    grace: '24 hours',
    told: ({ api_key }) => `New API key, shown only this once: ${api_key}`,
  },
  'agent-secret': {
    grace: '24 hours',
    told: ({ agent_secret }) => `New agent secret, shown only this once: ${agent_secret}`,
  },
  'incoming-request-token': {
    grace: '24 hours',
    told: ({ channel }) => `New address for incoming requests: ${channel.incoming_request_url}`,
  },
};
const NAMES = Object.keys(SECRETS).join(', ');

export const rotate = command({
  name: 'rotate',
  does: 'gives a channel a new secret; the old one stays valid for a while',
  takes: ['channel', 'secret'],
  options: { now: { type: 'boolean', says: 'the old one ends at once' } },
  notes: [
    `The secret is one of ${NAMES}.`,
    'A new webhook token of an active channel is registered at 360dialog.',
  ],
  examples: [
    'rotate ch_0123456789abcdef0123 api-key',
    'rotate ch_0123456789abcdef0123 agent-secret --now',
  ],
  run: async ({ given: [channel = '', what = ''], values, ask }) => {
    const secret = Object.hasOwn(SECRETS, what) ? SECRETS[what] : undefined;
    if (!secret) return wrongUsage(`The secret must be one of ${NAMES}`);
    const answer = await ask({
      method: 'POST',
      path: `/${encodeURIComponent(channel)}/rotate-${what}${values.now ? '?now=true' : ''}`,
    });
    const old = values.now ? 'is not valid any more' : `stays valid for ${secret.grace}`;
    return aboutChannel(
      answer,
      (about) => `${named(about)}\n\n  ${secret.told(about)}\n  The old one ${old}.`,
    );
  },
});

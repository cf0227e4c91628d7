import type { Channel } from '../../contract/channel.ts';
import type { ChannelInput } from '../../contract/channel-input.ts';
import { secretHash } from '../../kernel/hash.ts';
import { withoutSlashes } from '../../kernel/without-slashes.ts';
import { lastFour } from './channel-view.ts';

/** The part of a row that an operator writes. Secrets are left out: the token as a hash, headers as names. */
export const channelFields = ({ token, agent, base_url, ...input }: ChannelInput) =>
  ({
    ...input,
    base_url: base_url === null ? null : withoutSlashes(base_url),
    agent: {
      kind: agent.kind,
      url: agent.url,
      timeout_ms: agent.timeout_ms,
      events: agent.events,
      header_names: Object.keys(agent.headers),
    },
    token_last_four: lastFour(token),
    token_sha256: secretHash(token),
  }) satisfies Partial<Channel>;

import type { ChannelsDeps } from './deps.ts';

type Chance = Pick<ChannelsDeps, 'random'>;

/** 32 random bytes, written so that a path or a header can hold them. */
export const newToken = ({ random }: Chance): string => random(32).toString('base64url');

/** What a caller of /v1 shows (docs/contract.md#agent-to-us). By the prefix a leaked key can be recognised. */
export const newApiKey = (chance: Chance): string => `d360c_${newToken(chance)}`;

/** A signing key of the Standard Webhooks scheme: 24 to 64 bytes, base64, prefixed. */
export const newAgentSecret = ({ random }: Chance): string =>
  `whsec_${random(32).toString('base64')}`;

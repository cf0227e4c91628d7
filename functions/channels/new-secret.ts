import type { ChannelsDeps } from './deps.ts';

type Chance = Pick<ChannelsDeps, 'random'>;

/** 32 random bytes, URL-safe: what a path or a header can hold. */
export const newToken = ({ random }: Chance): string => random(32).toString('base64url');

/** The bearer of the endpoints of docs/contract.md#agent-to-us. The prefix lets a leaked one be recognised. */
export const newApiKey = ({ random }: Chance): string =>
  `d360c_${random(32).toString('base64url')}`;

/** A signing key of the Standard Webhooks scheme: 24 to 64 bytes, base64, prefixed. */
export const newAgentSecret = ({ random }: Chance): string =>
  `whsec_${random(32).toString('base64')}`;

/** `ch_` and 20 hex digits: what is unique about a channel; titles may repeat. */
export const newChannelId = ({ random }: Chance): string => `ch_${random(10).toString('hex')}`;

/** A name for one write, or one event: never used twice. */
export const newId = (prefix: string, { random }: Chance): string =>
  `${prefix}_${random(16).toString('hex')}`;

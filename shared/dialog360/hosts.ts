import type { Channel } from '../contract/channel.ts';
import { withoutSlashes } from '../kernel/without-slashes.ts';

/** A number at the provider, known by its API key: there is no other id (docs/360dialog.md#hosts-and-keys). */
export interface Account extends Pick<Channel, 'hosting' | 'base_url'> {
  /** The 360dialog API key. */
  token: string;
}

/** docs/360dialog.md#hosts-and-keys, read 2026-11-23. */
const HOSTS: Record<Channel['hosting'], string> = {
  cloud: 'https://waba-v2.360dialog.io',
  sandbox: 'https://waba-sandbox.360dialog.io',
  'on-premise': 'https://waba.360dialog.io',
};

/** Where a path of the provider's API lies. `base_url` overrides the host; it may have a path of its own. */
export const providerAddress = (
  { hosting, base_url }: Pick<Account, 'hosting' | 'base_url'>,
  path: string,
): string => `${withoutSlashes(base_url ?? HOSTS[hosting])}${path}`;

/** The path messages are sent to: with `/v1` on every host but the cloud's (docs/360dialog.md#hosts-and-keys). */
export const messagesPath = (hosting: Channel['hosting']): string =>
  hosting === 'cloud' ? '/messages' : '/v1/messages';

import type { Account } from '../../shared/dialog360/hosts.ts';
import type { Loaded } from './load-channel.ts';

/** The number at the provider that a channel speaks for. */
export const accountOf = ({ channel, secrets }: Loaded): Account => ({
  hosting: channel.hosting,
  base_url: channel.base_url,
  token: secrets.token,
});

import type { Account } from '../../shared/dialog360/hosts.ts';
import type { LoadedChannel } from './load-channel.ts';

/** The channel's number at the provider: its host, and the key to call it with. */
export const providerAccount = ({ channel, secrets }: LoadedChannel): Account => ({
  hosting: channel.hosting,
  base_url: channel.base_url,
  token: secrets.token,
});

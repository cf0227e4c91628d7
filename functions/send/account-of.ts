import type { Account } from '../../shared/dialog360/hosts.ts';
import type { Visit } from './visit.ts';

/** Where the channel's messages go, and the key that opens it. */
export async function accountOf({ deps, channel }: Visit): Promise<Account> {
  const { token } = await deps.secrets.read(channel.id, channel.secret_version);
  return { hosting: channel.hosting, base_url: channel.base_url, token };
}

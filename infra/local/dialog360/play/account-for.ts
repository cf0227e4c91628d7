import type { DoubleAccount } from '../account.ts';
import type { Dialog360Double } from '../double.ts';
import type { Play } from './play-schema.ts';

/** The account of the channel that is meant, or a sentence that says why it cannot be known. */
export function accountFor(
  { accounts }: Dialog360Double,
  { channel, token }: Pick<Play, 'channel' | 'token'>,
): DoubleAccount | string {
  const registered = [...accounts.values()].filter(({ webhook }) => webhook !== null);
  if (registered.length === 0) {
    return 'No channel has registered its webhook here. Create an active one: POST /admin/channels.';
  }
  const named = registered.filter(
    (account) =>
      (token === undefined || account.key === token) &&
      (channel === undefined || channelOf(account) === channel),
  );
  const [only, second] = named;
  if (only && !second) return only;
  const ids = registered.flatMap((account) => channelOf(account) ?? []);
  const these = ids.length > 0 ? `: ${ids.join(', ')}` : '';
  return second
    ? `${named.length} channels are registered here. Name one by its "channel" or its "token"${these}.`
    : `No channel of this "channel" or "token" has registered its webhook here. There are${these}.`;
}

/** The id of our channel, which its webhook's address holds. */
const channelOf = ({ webhook }: DoubleAccount): string | null =>
  webhook?.url.match(/\/(ch_[0-9a-f]{20})\//)?.[1] ?? null;

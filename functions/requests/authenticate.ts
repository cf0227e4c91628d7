import { CHANNEL_ID, type Channel } from '../../shared/contract/channel.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { secretMatches } from '../../shared/rules/channel/secret-matches.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import type { RequestsDeps } from './deps.ts';

/** Which channel a caller names, and the secret that the caller shows for it. */
export interface Caller {
  channelId: string;
  /** '' when the caller shows none. */
  secret: string;
  /** Which of the channel's secrets it must be. */
  comparedWith: 'api_key' | 'incoming_request_token';
}

/**
 * The channel whose secret the caller has. Throws `unauthorized` for a secret that is missing, wrong or
 * another channel's, and for a channel that does not exist: all get the same answer, which tells a
 * guesser nothing. Throws `rate-limited`.
 */
export async function authenticate(deps: RequestsDeps, caller: Caller): Promise<Channel> {
  const channel = await channelOf(deps, caller);
  log.appendKeys({ channel_id: channel.id });
  deps.throttle.calls(channel.id);
  return channel;
}

/**
 * The channel is read for each call, so that a withdrawn key stops working, and a changed option takes
 * effect, at once. The cheap first read may be older than a rotation: before a caller is refused, the
 * channel is read consistently.
 */
async function channelOf({ table, throttle, now }: RequestsDeps, caller: Caller): Promise<Channel> {
  const { channelId, secret } = caller;
  if (!CHANNEL_ID.test(channelId) || secret === '') throw unauthorized(caller);
  const seen = await findChannel(table, channelId, { now: now() });
  if (isOpenTo(caller, seen, now())) return seen;
  throttle.guesses(channelId);
  const channel = await findChannel(table, channelId, { consistent: true, now: now() });
  if (isOpenTo(caller, channel, now())) return channel;
  throw unauthorized(caller);
}

/** A deleted channel still has its hashes, in its tombstone, and its secrets open nothing any more. */
const isOpenTo = (
  { secret, comparedWith }: Caller,
  channel: Channel | null,
  now: number,
): channel is Channel =>
  channel !== null &&
  !channel.deleted_at &&
  secretMatches(channel.access[comparedWith], secret, now);

const unauthorized = ({ comparedWith }: Caller) =>
  new Failure('unauthorized', { detail: CURES[comparedWith] });

/** Where the secret goes, and where it is had. */
const CURES: Record<Caller['comparedWith'], string> = {
  api_key:
    'Send the API key of this channel in a header: authorization: Bearer d360c_… It was shown when the channel was created; rotate-api-key gives a new one.',
  incoming_request_token:
    'Call the channel’s incoming_request_url as it stands: its path holds the channel’s id and the secret.',
};

import { CHANNEL_ID, type Channel, type ChannelAccess } from '../../shared/contract/channel.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { secretMatches } from '../../shared/rules/channel/secret-matches.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import type { RequestsDeps } from './deps.ts';

/** Somebody at the endpoint: which channel they name, and what they show. */
export interface Caller {
  channelId: string;
  /** '' when they show nothing. */
  secret: string;
  endpoint: keyof Pick<ChannelAccess, 'api_key' | 'incoming_request_token'>;
}

/**
 * The channel whose secret the caller has. Throws `unauthorized` for a secret that is missing, wrong or
 * another channel's, and for a channel that is not there: one answer for all. Throws `rate-limited`.
 */
export async function authenticate(deps: RequestsDeps, caller: Caller): Promise<Channel> {
  const channel = await channelOf(deps, caller);
  log.appendKeys({ channel_id: channel.id });
  deps.throttle.calls(channel.id);
  return channel;
}

/**
 * Read each time: a key that was withdrawn, and an option that was changed, count at once. The cheap
 * read may be older than a rotation, so nobody is refused on its strength alone.
 */
async function channelOf({ table, throttle, now }: RequestsDeps, caller: Caller): Promise<Channel> {
  const { channelId, secret } = caller;
  if (!CHANNEL_ID.test(channelId) || secret === '') throw unauthorized();
  const seen = await findChannel(table, channelId, { now: now() });
  if (opens(seen, caller, now())) return seen;
  throttle.guesses(channelId);
  const channel = await findChannel(table, channelId, { consistent: true, now: now() });
  if (opens(channel, caller, now())) return channel;
  throw unauthorized();
}

/** A deleted channel's hashes stand in its tombstone, and open nothing. */
const opens = (
  channel: Channel | null,
  { secret, endpoint }: Caller,
  now: number,
): channel is Channel =>
  channel !== null && !channel.deleted_at && secretMatches(channel.access[endpoint], secret, now);

const unauthorized = () =>
  new Failure('unauthorized', {
    detail: 'Show the secret of this channel: see its answer at creation.',
  });

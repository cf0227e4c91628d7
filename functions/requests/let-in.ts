import { CHANNEL_ID, type Channel, type ChannelDoors } from '../../shared/contract/channel.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { opensDoor } from '../../shared/rules/opens-door.ts';
import type { RequestsDeps } from './deps.ts';

/** Somebody at the door: which channel they name, and what they show. */
export interface Caller {
  channelId: string;
  /** '' when they show nothing. */
  secret: string;
  door: keyof Pick<ChannelDoors, 'api_key' | 'incoming_request_token'>;
}

/**
 * The channel whose secret the caller has. Throws `unauthorized` for a secret that is missing, wrong or
 * another channel's, and for a channel that is not there: one answer for all. Throws `rate-limited`.
 */
export async function letIn(deps: RequestsDeps, caller: Caller): Promise<Channel> {
  const channel = await channelOf(deps, caller);
  log.appendKeys({ channel_id: channel.id });
  deps.throttle.calls(channel.id);
  return channel;
}

/** A row from memory may be older than a rotation, so nobody is refused on its strength alone. */
async function channelOf(deps: RequestsDeps, caller: Caller): Promise<Channel> {
  const { channelId, secret } = caller;
  if (!CHANNEL_ID.test(channelId) || secret === '') throw unauthorized();
  const remembered = await deps.channels.read(channelId);
  if (opens(remembered, caller, deps.now())) return remembered;
  deps.throttle.guesses(channelId);
  const channel = await deps.channels.readAgain(channelId);
  if (opens(channel, caller, deps.now())) return channel;
  throw unauthorized();
}

/** A deleted channel's hashes stand in its tombstone, and open nothing. */
const opens = (
  channel: Channel | null,
  { secret, door }: Caller,
  now: number,
): channel is Channel =>
  channel !== null && !channel.deleted_at && opensDoor(channel.doors[door], secret, now);

const unauthorized = () =>
  new Failure('unauthorized', {
    detail: 'Show the secret of this channel: see its answer at creation.',
  });

import { log } from '../../shared/kernel/log.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { SendDeps } from './deps.ts';
import { ChatErased, Visit } from './visit.ts';

/**
 * Reads the channel, and the chat consistently, and does what is to be done there. Where either is gone,
 * or is erased meanwhile, the job is over.
 */
export async function visitChat(
  deps: SendDeps,
  { channel_id, chat_id }: { channel_id: string; chat_id: string },
  story: (visit: Visit) => Promise<JobEnd>,
): Promise<JobEnd> {
  const startedAt = deps.now();
  const [seen, chat] = await Promise.all([
    findChannel(deps.table, channel_id),
    findChat(deps.table, channel_id, chat_id, { consistent: true }),
  ]);
  // A cheap read may be older than the creation or the activation of the channel.
  const channel = seen?.active
    ? seen
    : await findChannel(deps.table, channel_id, { consistent: true });
  if (channel) deps.blockedChannels.note(channel);
  if (!channel || !chat) {
    log.warn('reply-dropped', { reason: channel ? 'chat-unknown' : 'channel-unknown' });
    return 'done';
  }
  try {
    return await story(new Visit(deps, { channel, chat }, startedAt));
  } catch (error) {
    if (!(error instanceof ChatErased)) throw error;
    log.info('reply-dropped', { reason: 'chat-erased' });
    return 'done';
  }
}

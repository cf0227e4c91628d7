import type { Channel } from '../../shared/contract/channel.ts';
import type { Preference } from '../../shared/contract/inbound-item.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { inboundTime } from '../../shared/rules/window/window.ts';
import { inChatOf, learnBsuid } from '../../shared/store/chat/find-or-make-chat.ts';
import { noteWish } from '../../shared/store/chat/note-wish.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';

type PreferenceJob = InboundJob & { item: { preference: Preference } };

/**
 * A visitor wants no more marketing, or wants it again: it is written in their chat, and the sender keeps
 * to it.
 */
export async function notePreference(
  deps: WorkerDeps,
  { id: channelId }: Channel,
  { item: { preference }, received_at: receivedAt }: PreferenceJob,
): Promise<JobEnd> {
  const { from, category, value } = preference;
  // What another category would keep away is not documented.
  if (category === 'marketing_messages') {
    const { phone, bsuid } = from;
    const marketing = { value, at: inboundTime(preference.at, receivedAt) };
    const chat = await inChatOf(deps, channelId, from, (chatId) => {
      const place = { channelId, chatId, phone, bsuid, eventId: '', now: deps.now() };
      return noteWish(deps.table, place, { marketing });
    });
    // So that the wish holds whichever of their identifiers a message is sent to.
    if (bsuid !== null && bsuid !== chat.bsuid) await learnBsuid(deps, chat, bsuid);
  }
  count(`preference-${value}`);
  log.info('visitor-preference', { channel_id: channelId, category, value });
  return 'done';
}

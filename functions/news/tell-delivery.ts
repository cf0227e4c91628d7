import type { Channel } from '../../shared/contract/channel.ts';
import type { DeliveryNews } from '../../shared/contract/delivery.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { channelVariables } from '../../shared/rules/agent-event/channel-variables.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { toldWord } from '../../shared/rules/delivery/delivery-news.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { markTold } from '../../shared/store/delivery/delivery-notes.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { postEvent } from '../chain/post-event.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { NewsDeps } from './deps.ts';

interface News {
  channel: Channel;
  chatId: string;
  news: DeliveryNews;
}

/** Tells the agent what became of a reply, once: what it has heard stands in the ledger. */
export async function tellDelivery(
  deps: NewsDeps,
  { channel, chatId, news }: News,
): Promise<JobEnd> {
  const { table } = deps;
  const [delivery, chat] = await Promise.all([
    findDelivery(table, channel.id, news.reply_id),
    findChat(table, channel.id, chatId),
  ]);
  const word = toldWord(news);
  if (!delivery || !chat || delivery.told?.has(word)) return 'done';

  // An own id names another reply after a day: its news is news of its own.
  const eventId = idOf('evt', channel.id, 'delivery', news.reply_id, delivery.accepted_at, word);
  await postEvent(deps, channel, (attempt, now) => ({
    ...eventEnvelope({ channel, chat, eventId, now }),
    event: { id: eventId, type: 'delivery', at: news.at, attempt },
    context: channelVariables({ chat, message: null, fileUrl: null }),
    delivery: news,
  }));
  await markTold(table, delivery, word);
  return 'done';
}

import type { Channel } from '../../shared/contract/channel.ts';
import type { DeliveryNews } from '../../shared/contract/delivery-news.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { toldWord } from '../../shared/rules/delivery/delivery-news.ts';
import { traceOf } from '../../shared/rules/delivery/trace-of.ts';
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

/** Tells the agent what became of a reply, once: the mark of what it was told stands in the delivery. */
export async function tellDelivery(
  deps: NewsDeps,
  { channel, chatId, news }: News,
): Promise<JobEnd> {
  const { table } = deps;
  const [delivery, seen] = await Promise.all([
    findDelivery(table, channel.id, news.reply_id),
    findChat(table, channel.id, chatId),
  ]);
  // The cheap read may be older than the chat, and what is not told now is never told.
  const chat = seen ?? (await findChat(table, channel.id, chatId, { consistent: true }));
  const word = toldWord(news);
  if (delivery) log.appendKeys({ trace_id: traceOf(delivery), reply_id: delivery.reply_id });
  if (!delivery || !chat || delivery.told?.has(word)) return 'done';

  // An agent may use an id of its own for another reply after a day: that one has news of its own.
  const eventId = idOf('evt', channel.id, 'delivery', news.reply_id, delivery.accepted_at, word);
  const at = Date.parse(news.at);
  const traceId = traceOf(delivery);
  const told = await postEvent(deps, channel, (posting) => ({
    ...eventEnvelope({ channel, chat, type: 'delivery', eventId, traceId, at }, posting),
    delivery: news,
  }));
  if (told !== 'done') return told;
  await markTold(table, delivery, word);
  return 'done';
}

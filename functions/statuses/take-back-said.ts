import type { Channel } from '../../shared/contract/channel.ts';
import { type PartName, speaksOf } from '../../shared/rules/delivery/callback-data.ts';
import { movesForward } from '../../shared/rules/delivery/delivery-progress.ts';
import { entryAt } from '../../shared/rules/delivery/entry-at.ts';
import { hasGone } from '../../shared/rules/delivery/has-gone.ts';
import type { PartNews } from '../../shared/store/delivery/advance-part.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { takeBackEntry } from '../../shared/store/history.ts';
import type { StatusesDeps } from './deps.ts';

/**
 * PROTOCOLS 29.5: a message failed for good after it was accepted, so it was not said, unless another part of
 * its reply has gone.
 */
export async function takeBackSaid(
  { table }: Pick<StatusesDeps, 'table'>,
  channel: Channel,
  { replyId, part, round }: PartName,
  news: PartNews,
): Promise<void> {
  if (channel.options.history_turns === 0 || news.status !== 'failed') return;
  const delivery = await findDelivery(table, channel.id, replyId);
  const before = delivery?.parts[part];
  if (!delivery || !before) return;
  const isOver = before.goes_again === true || movesForward(before.rank, 'failed');
  if (!isOver || !speaksOf(before, { messageId: news.messageId, round })) return;
  const others = Object.entries(delivery.parts).filter(([index]) => Number(index) !== part);
  if (others.some(([, other]) => hasGone(other))) return;
  const { chat_id: chatId } = delivery;
  await takeBackEntry(table, { channelId: channel.id, chatId, ...entryAt(delivery) });
}

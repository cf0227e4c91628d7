import type { Channel } from '../../shared/contract/channel.ts';
import type { ReplyView } from '../../shared/contract/reply-view.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { replyView } from '../../shared/rules/delivery/reply-view.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import type { Table } from '../../shared/store/table.ts';

const REPLY_ID = /^rep_[0-9a-f]{32}$/;

/**
 * What became of a reply in the last 14 days. Throws `reply-unknown`, also for a reply of an erased
 * chat: an old delivery may outlive its chat until its own time is up.
 */
export async function showReply(
  { table }: { table: Table },
  channel: Pick<Channel, 'id'>,
  replyId: string,
): Promise<ReplyView> {
  const delivery = REPLY_ID.test(replyId) ? await findDelivery(table, channel.id, replyId) : null;
  const chat =
    delivery && (await findChat(table, channel.id, delivery.chat_id, { consistent: true }));
  if (delivery && chat) return replyView(delivery);
  throw new Failure('reply-unknown', { detail: 'Replies are kept for 14 days.' });
}

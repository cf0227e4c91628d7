import type { Chat } from '../../../shared/contract/chat.ts';
import { hashOf } from '../../../shared/kernel/hash.ts';
import type { LetterJob } from '../../../shared/rules/dead-letter/letter-job.ts';
import { outboundGroup } from '../../../shared/rules/delivery/reply-jobs.ts';
import { itemGroup } from '../../../shared/rules/identity/item-group.ts';
import { visitorName } from '../../../shared/rules/identity/visitor-name.ts';
import { findChat } from '../../../shared/store/chat/find-chat.ts';
import { chatUnknown } from '../../chain/find-named-chat.ts';
import type { ChannelsDeps } from '../deps.ts';

/**
 * The group in which a job comes behind what waits for its chat; null: its queue keeps no order. Throws
 * `chat-unknown` where the chat it is about is gone.
 */
export async function groupOf(
  { table }: Pick<ChannelsDeps, 'table'>,
  { queue, job }: LetterJob,
): Promise<string | null> {
  const chatOf = async (chatId: string): Promise<Chat> => {
    const chat = await findChat(table, job.channel_id, chatId, { consistent: true });
    if (chat) return chat;
    throw chatUnknown();
  };
  if (queue === 'outbound') {
    await chatOf(job.chat_id);
    return outboundGroup(job);
  }
  if (queue !== 'inbound') return null;
  const { item } = job;
  switch (item.kind) {
    case 'incoming-request':
      return hashOf(job.channel_id, visitorName(await chatOf(item.request.chat_id)));
    case 'notification-result':
      return hashOf(job.channel_id, visitorName(await chatOf(item.notification.chat_id)));
    case 'status':
    case 'payment':
    case 'notice':
      return null; // the worker drops what was misplaced
    default:
      return itemGroup(job.channel_id, item);
  }
}

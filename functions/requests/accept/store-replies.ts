import type { AcceptedReplies } from '../../../shared/rules/delivery/reply-jobs.ts';
import { noteTurn } from '../../../shared/store/chat/turns-of-chat.ts';
import { writeTurn } from '../../../shared/store/turns.ts';
import { chatUnknown } from '../../chain/find-named-chat.ts';
import type { RequestsDeps } from '../deps.ts';

/**
 * PROTOCOLS 12.4 and 12.5: keeps the replies of a request as a turn of the chat. A reply that fails late
 * is sent again from there, and erasing the chat finds them. When the chat is erased, before this or
 * meanwhile, nothing may be sent: throws `chat-unknown`, but resolves to false for a repeat, which is
 * answered as the first request was.
 */
export async function storeReplies(
  { table, now }: Pick<RequestsDeps, 'table' | 'now'>,
  { channelId, chatId, turnId: eventId, acceptedAt: at, replies }: AcceptedReplies,
  isRepeat: boolean,
): Promise<boolean> {
  const chat = await noteTurn(table, { channel_id: channelId, id: chatId }, eventId, now());
  const outcome = { kind: 'answered' as const, answer: { replies, dialog: 'open' as const } };
  const turn = chat && (await writeTurn(table, { channelId, eventId }, { chatId, outcome, at }));
  const isKept = turn !== null && turn.outcome?.kind !== 'erased';
  if (!isKept && !isRepeat) throw chatUnknown();
  return isKept;
}

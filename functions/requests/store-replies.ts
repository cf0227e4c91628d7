import type { AcceptedReplies } from '../../shared/rules/delivery/reply-jobs.ts';
import { noteTurn } from '../../shared/store/chat/turns-of-chat.ts';
import { writeTurn } from '../../shared/store/turns.ts';
import type { RequestsDeps } from './deps.ts';

/** PROTOCOLS 12.4 and 12.5. False: the chat is erased, before this or while it was done. */
export async function storeReplies(
  { table, now }: Pick<RequestsDeps, 'table' | 'now'>,
  { channelId, chatId, turnId: eventId, acceptedAt: at, replies }: AcceptedReplies,
): Promise<boolean> {
  const chat = await noteTurn(table, { channel_id: channelId, id: chatId }, eventId, now());
  if (!chat) return false;
  const outcome = { kind: 'answered' as const, answer: { replies, dialog: 'open' as const } };
  const turn = await writeTurn(table, { channelId, eventId }, { chatId, outcome, at });
  return turn.outcome?.kind !== 'erased';
}

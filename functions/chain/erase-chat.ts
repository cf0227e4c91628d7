// Hide the chat → free its names → erase every turn that was written in it → leave a tombstone.
import type { Channel } from '../../shared/contract/channel.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { replyIdsOf } from '../../shared/rules/delivery/reply-ids-of.ts';
import {
  freeNames,
  leaveTombstone,
  markChatErased,
  personNames,
} from '../../shared/store/chat/chat-erasure.ts';
import { findOlderTurns, forgetOlderTurns } from '../../shared/store/chat/turns-of-chat.ts';
import { removeDeadLetter, removeLettersAbout } from '../../shared/store/dead-letters.ts';
import { eraseDelivery } from '../../shared/store/delivery/erase-delivery.ts';
import { forgetSentMessage } from '../../shared/store/delivery/sent-messages.ts';
import { eraseHistory } from '../../shared/store/history.ts';
import type { Table } from '../../shared/store/table.ts';
import { eraseTurn, findTurn } from '../../shared/store/turns.ts';
import { chatUnknown } from './find-named-chat.ts';

const CHAT_ID = /^[0-9a-f]{40}$/;

interface EraseDeps {
  table: Table;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * PROTOCOLS 13: erases a chat, or finishes what an earlier attempt began. Throws `chat-unknown`, also
 * for a chat that is erased already.
 */
export async function eraseChat(
  deps: EraseDeps,
  channel: Pick<Channel, 'id'>,
  chatId: string,
): Promise<void> {
  const { table, now } = deps;
  const chat = { channel_id: channel.id, id: chatId };
  const remains = CHAT_ID.test(chatId) ? await markChatErased(table, chat, now()) : null;
  if (!remains) throw chatUnknown();
  await freeNames(table, chat, remains);
  await removeLettersAbout(table, channel.id, personNames(chat, remains));
  await eraseTurns(deps, chat, remains.turnIds);
  for (let listId = remains.olderTurnsId; listId !== null; ) {
    const list = await findOlderTurns(table, chat, listId);
    await eraseTurns(deps, chat, list?.turn_ids ?? []);
    const before = list?.older_turns_id ?? null;
    await forgetOlderTurns(table, chat, listId, { older_turns_id: before });
    listId = before;
  }
  await eraseHistory(table, { channelId: channel.id, chatId });
  await leaveTombstone(table, chat);
  count('chat-erased');
  log.info('chat-erased', { chat_id: chatId });
}

interface ErasedChat {
  channel_id: string;
  id: string;
}

const eraseTurns = async (deps: EraseDeps, chat: ErasedChat, turnIds: string[]): Promise<void> => {
  await Promise.all(turnIds.map((turnId) => eraseOneTurn(deps, chat, turnId)));
};

/** PROTOCOLS 13.3 to 13.5: the turn goes last, because it is what leads to its replies and messages. */
async function eraseOneTurn(
  { table, now }: EraseDeps,
  { channel_id: channelId, id: chatId }: ErasedChat,
  turnId: string,
): Promise<void> {
  const turn = await findTurn(table, { channelId, eventId: turnId }, { consistent: true });
  if (turn) {
    await Promise.all(
      replyIdsOf(turn, chatId).map((replyId) => eraseReply(table, { channelId, replyId }, now())),
    );
    if (turn.outcome?.kind === 'failed' && turn.outcome.letter_at !== undefined) {
      const letter = { channel_id: channelId, id: turnId, at: turn.outcome.letter_at };
      await removeDeadLetter(table, letter);
    }
  }
  await eraseTurn(table, { channelId, eventId: turnId }, now());
}

async function eraseReply(
  table: Table,
  { channelId, replyId }: { channelId: string; replyId: string },
  now: number,
): Promise<void> {
  const messageIds = await eraseDelivery(table, { channelId, replyId }, now);
  await Promise.all(
    messageIds.map((messageId) => forgetSentMessage(table, { channelId, messageId })),
  );
}

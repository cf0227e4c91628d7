import type { Chat } from '../../../shared/contract/chat.ts';
import type { TurnOutcome } from '../../../shared/contract/turn.ts';
import { idOf } from '../../../shared/kernel/hash.ts';
import { replyJobs } from '../../../shared/rules/delivery/reply-jobs.ts';
import { noteTurn } from '../../../shared/store/chat/turns-of-chat.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import { recordSentMessage } from '../../../shared/store/delivery/sent-messages.ts';
import { beginTurn, endTurn } from '../../../shared/store/turns.ts';
import { someDelivery, somePart } from '../../support/some-delivery.ts';
import type { RequestsStage } from './stage.ts';

let begun = 0;

/** A turn of the agent in a chat and, when it was answered, the delivery of each reply. */
export async function takenTurn(
  stage: RequestsStage,
  chat: Chat,
  outcome: TurnOutcome | null,
): Promise<string> {
  const { channel_id: channelId, id: chatId } = chat;
  const eventId = idOf('evt', ++begun, chatId);
  const now = stage.deps.now();
  await beginTurn(stage.table, { channelId, eventId }, now);
  await noteTurn(stage.table, chat, eventId, now);
  if (!outcome) return eventId;
  await endTurn(stage.table, { channelId, eventId }, { chatId, outcome, now });
  for (const { reply_id } of jobsOf(chat, eventId, outcome)) {
    const messageId = `wamid.${reply_id}`;
    const part = somePart('delivered', { message_id: messageId });
    const more = { channel_id: channelId, chat_id: chatId, reply_id, turn_id: eventId };
    await insertDelivery(stage.table, someDelivery([part], more), now);
    await recordSentMessage(
      stage.table,
      { channelId, messageId },
      { chatId, replyId: reply_id, part: 0, round: 0, id: null },
      now,
    );
  }
  return eventId;
}

export const jobsOf = (chat: Chat, turnId: string, outcome: TurnOutcome) =>
  replyJobs({
    channelId: chat.channel_id,
    chatId: chat.id,
    turnId,
    eventId: turnId,
    acceptedAt: 0,
    automatic: true,
    replies: outcome.kind === 'answered' ? outcome.answer.replies : [],
  });
export const answeredWith = (...replies: unknown[]): TurnOutcome => ({
  kind: 'answered',
  answer: { replies, dialog: 'open' },
});

/** The partition keys of all items in the table that hold one of these words, or are kept under one. */
export async function saying({ table }: RequestsStage, ...words: string[]): Promise<string[]> {
  const all = await table.everything();
  return all
    .filter((item) => words.some((word) => text(item).includes(word)))
    .map(({ pk }) => String(pk));
}
const text = (item: object) =>
  JSON.stringify(item, (_, value) => (value instanceof Set ? [...value] : value));

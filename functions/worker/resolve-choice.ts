// What the visitor answered to a Button Menu: a tap, a label or a number becomes the option, so that the
// agent need not care how it was chosen.
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { InboundMessage } from '../../shared/contract/inbound-item.ts';
import type { Menu } from '../../shared/contract/menu.ts';
import { readReply } from '../../shared/contract/reply.ts';
import {
  answerOf,
  type MenuAnswer,
  type SaidToMenu,
} from '../../shared/rules/chat/choices-answer.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import type { SentMessage } from '../../shared/store/delivery/sent-messages.ts';
import { menuOf } from '../../shared/whatsapp/outbound/menu-of.ts';
import { findWords } from '../chain/find-words.ts';
import type { WorkerDeps } from './deps.ts';

interface Asked {
  channel: Channel;
  chat: Chat;
  message: InboundMessage;
  /** The message that this one quotes, if our records know it. */
  quoted: SentMessage | null;
  /** Epoch milliseconds. */
  saidAt: number;
}

/** The message as a choice, if it answers a menu; else as it came. */
export async function resolveChoice(deps: WorkerDeps, asked: Asked): Promise<InboundMessage> {
  const { message, chat, quoted, saidAt } = asked;
  const { content, text } = message;
  if (content.kind !== 'text' && content.kind !== 'choice') return message;
  const tapId = content.kind === 'choice' ? content.option.id : null;
  const said = { tapId, text: content.kind === 'choice' ? content.option.label : text };

  if (quoted?.owner) {
    const menu = await menuBehind(deps, asked, quoted.owner.replyId);
    return answered(message, menu && { menu, said: { ...said, quotes: true } });
  }
  if (!chat.menu) return message;
  const { reply_id, overtaken: isOvertaken, accepted_at } = chat.menu;
  const ageMs = Math.max(saidAt - accepted_at, 0);
  return answered(message, {
    menu: { ...chat.menu, replyId: reply_id },
    said: { ...said, isOvertaken, ageMs },
  });
}

type ShownMenu = Menu & { replyId: string };

function answered(
  message: InboundMessage,
  asked: { menu: ShownMenu; said: SaidToMenu } | null,
): InboundMessage {
  const answer: MenuAnswer | null = asked && answerOf(asked.menu, asked.said);
  if (!asked || !answer) return message;
  const content = { kind: 'choice' as const, ...answer, menu_reply_id: asked.menu.replyId };
  return { ...message, content };
}

/** A menu that is quoted: the newest one stands in the chat, an older one is made again from its turn. */
async function menuBehind(
  { table }: WorkerDeps,
  { channel, chat }: Asked,
  replyId: string,
): Promise<ShownMenu | null> {
  if (chat.menu?.reply_id === replyId) return { ...chat.menu, replyId };
  const delivery = await findDelivery(table, channel.id, replyId);
  if (!delivery) return null;
  const reply = readReply(await findWords(table, channel, delivery));
  const menu = reply.ok ? menuOf(reply.reply, channel.options.choices) : null;
  return menu && { ...menu, replyId };
}

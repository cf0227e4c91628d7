// What the visitor answered to a Button Menu: a tap, a label or a number becomes the option, so that the
// agent need not care how it was chosen.
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat, ShownMenu } from '../../shared/contract/chat.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import type { InboundMessage } from '../../shared/contract/inbound-item.ts';
import type { Menu } from '../../shared/contract/menu.ts';
import { readReply } from '../../shared/contract/reply.ts';
import {
  answerOf,
  type MenuAnswer,
  mayAnswer,
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
  const { overtaken: isOvertaken, accepted_at } = chat.menu;
  const ageMs = Math.max(saidAt - accepted_at, 0);
  const menu = mayAnswer({ ...said, ageMs })
    ? await newestMenu(deps, asked.channel, chat.menu)
    : null;
  return answered(message, menu && { menu, said: { ...said, isOvertaken, ageMs } });
}

type AskedMenu = Menu & { replyId: string };

function answered(
  message: InboundMessage,
  asked: { menu: AskedMenu; said: SaidToMenu } | null,
): InboundMessage {
  const answer: MenuAnswer | null = asked && answerOf(asked.menu, asked.said);
  if (!asked || !answer) return message;
  const content = { kind: 'choice' as const, ...answer, menu_reply_id: asked.menu.replyId };
  return { ...message, content };
}

/** A menu that is quoted: the newest one stands in the chat, an older one is made again from its turn. */
async function menuBehind(
  deps: WorkerDeps,
  { channel, chat }: Asked,
  replyId: string,
): Promise<AskedMenu | null> {
  if (chat.menu?.reply_id === replyId) return newestMenu(deps, channel, chat.menu);
  const delivery = await findDelivery(deps.table, channel.id, replyId);
  const menu = delivery && (await menuInTurn(deps, channel, delivery));
  return menu && { ...menu, replyId };
}

/** The newest menu: its options stand in the chat or, where they are long, in its turn. */
async function newestMenu(
  deps: WorkerDeps,
  channel: Channel,
  { reply_id: replyId, kept_in: place, options, numbered }: ShownMenu,
): Promise<AskedMenu | null> {
  if (!place) return { options, numbered, replyId };
  const menu = await menuInTurn(deps, channel, place);
  return menu && { options: menu.options, numbered, replyId };
}

/** A menu as its turn has it; null: the turn is gone, after eight days or because the chat was erased. */
async function menuInTurn(
  { table }: WorkerDeps,
  channel: Channel,
  place: Pick<Delivery, 'turn_id' | 'index' | 'fallback_for' | 'redriven'>,
): Promise<Menu | null> {
  const reply = readReply(await findWords(table, channel, place));
  return reply.ok ? menuOf(reply.reply, channel.options.choices) : null;
}

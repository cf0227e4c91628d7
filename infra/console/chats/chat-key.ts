import { BSUID } from '../../../shared/contract/identity-form.ts';
import { readPhone } from '../../../shared/rules/identity/phone-number.ts';
import type { ChatName } from '../api/chats.ts';

const CHAT_ID = /^[0-9a-f]{40}$/;
const REPLY_ID = /^rep_[0-9a-f]{32}$/;

/** What a person looks for: a chat by one of its names, or a reply. */
export type ChatKey = { chat: ChatName } | { replyId: string };

/** Tells by its form what was typed; null: it has none of the forms. */
export function readChatKey(typed: string): ChatKey | null {
  const text = typed.trim();
  if (CHAT_ID.test(text)) return { chat: { chat_id: text } };
  if (REPLY_ID.test(text)) return { replyId: text };
  if (text.includes('|')) return { chat: { channel_chat_id: text } };
  if (BSUID.test(text)) return { chat: { bsuid: text } };
  const phone = readPhone(text);
  return phone === null ? null : { chat: { phone } };
}

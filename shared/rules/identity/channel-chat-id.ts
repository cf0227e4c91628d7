import { BSUID, PHONE } from '../../contract/identity-form.ts';

const CONNECTOR = '|dialog360';

/**
 * The original platform's name for a chat: the phone with its country code, without a plus, then
 * `|dialog360`. A BSUID stands there for a visitor who was never seen with a phone.
 */
export const channelChatIdOf = (phoneOrBsuid: string): string => `${phoneOrBsuid}${CONNECTOR}`;

/** The name a `channel_chat_id` was made from; null: it is none of ours. */
export function nameInChannelChatId(
  channelChatId: string,
): { kind: 'phone' | 'bsuid'; value: string } | null {
  if (!channelChatId.endsWith(CONNECTOR)) return null;
  const value = channelChatId.slice(0, -CONNECTOR.length);
  if (PHONE.test(value)) return { kind: 'phone', value };
  return BSUID.test(value) ? { kind: 'bsuid', value } : null;
}

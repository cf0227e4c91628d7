import { BSUID } from '../../shared/contract/identity-form.ts';
import type { Recipient } from '../../shared/contract/messages-request.ts';
import { requestInvalid } from '../../shared/kernel/request-invalid.ts';
import { readPhone } from '../../shared/rules/identity/phone-number.ts';
import type { ChatName } from '../../shared/store/chat/find-chat-by.ts';

/**
 * Reads the one name by which a caller means a chat. `path`: where it stands in the request, `to.`, or
 * '' in a query. Throws `request-invalid` for what cannot be a phone number or a BSUID.
 */
export function readChatName(named: Recipient, path: string): ChatName {
  const { chat_id, channel_chat_id, phone, bsuid } = named;
  if (chat_id) return { kind: 'chat_id', value: chat_id };
  if (channel_chat_id) return { kind: 'channel_chat_id', value: channel_chat_id };
  if (phone) {
    const value = readPhone(phone);
    if (value !== null) return { kind: 'phone', value };
    const detail = 'must be a phone number with its country code, like +49 171 3920042';
    throw requestInvalid([{ path: `${path}phone`, detail }]);
  }
  if (bsuid && BSUID.test(bsuid)) return { kind: 'bsuid', value: bsuid };
  const detail = 'must be a business-scoped user id, like DE.7340021985561204';
  throw requestInvalid([{ path: `${path}bsuid`, detail }]);
}

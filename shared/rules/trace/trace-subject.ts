import { BSUID } from '../../contract/identity-form.ts';
import { nameInChannelChatId } from '../identity/channel-chat-id.ts';
import { readPhone } from '../identity/phone-number.ts';

/** What an operator holds in hand and wants the story of. */
export type TraceSubject =
  | { kind: 'turn' | 'reply' | 'chat' | 'message'; id: string }
  | { kind: 'phone' | 'bsuid' | 'channel_chat_id'; value: string };

/** Longer than any id of WhatsApp's. */
const LONGEST = 512;
/** What the id of a dead letter has before the id of its turn. */
const LETTER = /^ch_[0-9a-f]{20}\.\d+\.(?=evt_)/;
/** An id of ours that is not whole or has no story; a number without its country code; what a screen cut off. */
const NO_MESSAGE_IDS = [/^(?:evt|req|rep|ch)_/i, /^[^a-z]*$/i, /[\s…]/];

/**
 * Tells by its form what it is; what may be nothing else is WhatsApp's id of a message. Null: it can be nothing, and
 * that it never came would be no answer.
 */
export function traceSubject(written: string): TraceSubject | null {
  const id = written.trim().replace(LETTER, '');
  if (id.length > LONGEST) return null;
  if (/^(?:evt|req)_[0-9a-f]{32}$/.test(id)) return { kind: 'turn', id };
  if (/^rep_[0-9a-f]{32}$/.test(id)) return { kind: 'reply', id };
  if (/^[0-9a-f]{40}$/.test(id)) return { kind: 'chat', id };
  const phone = readPhone(id);
  if (phone !== null) return { kind: 'phone', value: phone };
  if (BSUID.test(id)) return { kind: 'bsuid', value: id };
  if (nameInChannelChatId(id)) return { kind: 'channel_chat_id', value: id };
  return NO_MESSAGE_IDS.some((form) => form.test(id)) ? null : { kind: 'message', id };
}

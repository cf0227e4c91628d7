import type { Chat, ThreadControl } from '../../contract/chat.ts';

/** What one webhook says about who has the conversation. */
export interface ControlWord extends ThreadControl {
  /** A visitor's message says it by its field; a handover is about nothing else. */
  by: 'message' | 'handover';
}

/** What it is judged by. */
export type ControlRecord = Pick<Chat, 'control' | 'last_inbound_at'>;

/** WhatsApp's times are whole seconds. In one second a handover is the last word, so it counts to its end. */
const LAST_OF_SECOND_MS = 999;
export const timeOfHandover = (at: number): number => at + LAST_OF_SECOND_MS;

/**
 * PROTOCOLS 25: who has the conversation after this word, or null where it changes nothing: a newer
 * message or handover has decided. That is why a handover is noted also where the holder stays the same.
 * A message's own time is noted anyway, as the chat's last: in a chat that Meta never had, and in one it
 * keeps, nothing is written for it.
 */
export function controlAfter(
  { control, last_inbound_at: lastInboundAt }: ControlRecord,
  { by, ...word }: ControlWord,
): ThreadControl | null {
  if (lastInboundAt !== null && lastInboundAt > word.at) return null;
  if (control !== null && control.at > word.at) return null;
  if ((control?.holder ?? 'us') !== word.holder) return word;
  if (by === 'message' || control?.at === word.at) return null;
  return control === null ? word : { ...control, at: word.at };
}

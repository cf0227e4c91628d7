import { BSUID } from '../../contract/identity-form.ts';
import { readPhone } from '../identity/phone-number.ts';

/** What an operator holds in hand and wants the story of. */
export type TraceSubject =
  | { kind: 'turn' | 'reply' | 'chat' | 'message'; id: string }
  | { kind: 'phone' | 'bsuid'; value: string };

/** Longer than any id of WhatsApp's. */
const LONGEST = 512;

/** Tells by its form what it is; what is nothing else is WhatsApp's id of a message. Null: it can be nothing. */
export function traceSubject(written: string): TraceSubject | null {
  const id = written.trim();
  if (id === '' || id.length > LONGEST) return null;
  if (/^(?:evt|req)_[0-9a-f]{32}$/.test(id)) return { kind: 'turn', id };
  if (/^rep_[0-9a-f]{32}$/.test(id)) return { kind: 'reply', id };
  if (/^[0-9a-f]{40}$/.test(id)) return { kind: 'chat', id };
  const phone = readPhone(id);
  if (phone !== null) return { kind: 'phone', value: phone };
  return BSUID.test(id) ? { kind: 'bsuid', value: id } : { kind: 'message', id };
}

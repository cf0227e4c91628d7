import type { InboundMessage } from '../../contract/inbound-item.ts';
import { readPhone } from './phone-number.ts';

interface Card {
  origin?: unknown;
  phones?: unknown;
}
interface CardPhone {
  phone?: unknown;
  wa_id?: unknown;
  user_id?: unknown;
}

/**
 * The visitor's own number, where the message is a card that says so: WhatsApp marks the answer to a request
 * (`ask_phone`), or the card names the sender's own WhatsApp id. A card of another person, and one
 * with several numbers, say nothing of the sender. Null: it says none.
 */
export function sharedPhone({
  content,
  from,
}: Pick<InboundMessage, 'content' | 'from'>): string | null {
  if (content.kind !== 'contacts') return null;
  const own = (content.contacts as Card[]).flatMap(({ origin, phones }) => {
    const all = (Array.isArray(phones) ? phones : []).map((phone) => Object(phone) as CardPhone);
    return origin === 'contact_request'
      ? all
      : all.filter(({ user_id }) => from.bsuid !== null && user_id === from.bsuid);
  });
  const numbers = new Set(own.map(({ phone, wa_id }) => numberIn(wa_id) ?? numberIn(phone)));
  const [number = null, ...others] = numbers;
  return others.length === 0 ? number : null;
}

const numberIn = (written: unknown): string | null =>
  typeof written === 'string' ? readPhone(written) : null;

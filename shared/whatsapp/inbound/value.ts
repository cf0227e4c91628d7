import type { InboundItem } from '../../contract/inbound-item.ts';
import { type Json, listAt } from '../foreign-json.ts';
import { readMessage } from './messages.ts';
import { notice } from './notice.ts';
import { readPeople } from './people.ts';
import { readError } from './read-errors.ts';
import type { PayloadVersion, Reading } from './reading.ts';
import { readStatus } from './statuses.ts';

/** Messages, statuses and errors that stand beside their contacts: a v2 value, or a whole v1 body. */
export function readValue(
  value: Json,
  payloadVersion: PayloadVersion,
  reading: Reading,
): InboundItem[] {
  const messages = listAt(value, 'messages');
  const people = readPeople(listAt(value, 'contacts'), messages, payloadVersion);
  return [
    ...messages.flatMap((raw) => readMessage(raw, people, payloadVersion, reading)),
    ...listAt(value, 'statuses').flatMap((raw) => readStatus(raw, people, reading)),
    ...listAt(value, 'errors').flatMap((raw) => readProviderError(raw, reading)),
  ];
}

/** An error that belongs to no message: 130429, 131000 … (docs/360dialog.md#early-and-late-errors). */
function readProviderError(raw: unknown, reading: Reading): InboundItem[] {
  const [error] = readError(raw);
  if (!error) return reading.unread('error-unreadable', raw);
  // These are WhatsApp's own words, but they are known to hold phone numbers.
  const title = error.title.slice(0, 200).replace(/\d{5,}/g, '…');
  return [notice('provider-error', { code: error.code, title })];
}

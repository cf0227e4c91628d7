import type { Identity } from '../../contract/identity.ts';
import { BSUID } from '../../contract/identity-form.ts';
import type { IdentityChange, InboundItem } from '../../contract/inbound-item.ts';
import { idOf } from '../../kernel/hash.ts';
import { isJson, type Json, objectAt, timeAt, valueAt, wordAt } from './foreign-json.ts';
import { factOf, notice } from './notice.ts';
import { contactClaim, isKnown, phoneOf, senderClaim, userIdOf } from './people.ts';
import type { Reading } from './reading.ts';

/** `customer_…` is v1's name for it. */
const CHANGES = new Set(['user_changed_number', 'customer_changed_number', 'user_changed_user_id']);

/** A message of type `system`: a visitor's number or BSUID changed; anything else becomes a notice. */
export function readSystemMessage(message: Json, id: string, reading: Reading): InboundItem[] {
  const system = objectAt(message, 'system');
  const type = wordAt(system, 'type') ?? '';
  if (!CHANGES.has(type)) {
    const name =
      type === 'customer_identity_changed' ? 'customer-identity-changed' : 'system-message';
    return [notice(name, { message: idOf('msg', id), type: factOf(type) })];
  }
  const told = readBody(wordAt(system, 'body') ?? '');
  const sender = senderClaim(message);
  const current = contactClaim(system);
  return readChange(
    {
      id,
      // A BSUID beside `from` may be either; the sentence says which was the old one.
      old: identity(sender.phone ?? told.old.phone, told.old.bsuid ?? sender.bsuid),
      new: {
        ...identity(
          current.phone ?? phoneOf(valueAt(system, 'new_wa_id')) ?? told.new.phone,
          current.bsuid ?? told.new.bsuid,
        ),
        ...(current.parent && { parent_bsuid: current.parent }),
      },
      sent_at: timeAt(message, 'timestamp'),
    },
    message,
    reading,
  );
}

/**
 * One of `user_id_update[]`. Whether its `wa_id` is the old number or a new one is not documented, so
 * it helps to find the chat and renames nothing: a new number says so in a system message of its own.
 */
export function readUserIdUpdate(raw: unknown, reading: Reading): InboundItem[] {
  if (!isJson(raw)) return reading.unread('identity-change-unreadable', raw);
  const ids = objectAt(raw, 'user_id');
  const { phone } = contactClaim(raw);
  const previous = userIdOf(valueAt(ids, 'previous'));
  const current = userIdOf(valueAt(ids, 'current'));
  const at = timeAt(raw, 'timestamp');
  if (!current) return reading.unread('identity-change-unreadable', raw);
  const id = idOf('idc', previous ?? '', current, at ?? '');
  return readChange(
    { id, old: identity(phone, previous), new: identity(null, current), sent_at: at },
    raw,
    reading,
  );
}

const readChange = (change: IdentityChange, raw: Json, reading: Reading): InboundItem[] =>
  isKnown(change.old) && isKnown(change.new)
    ? [{ kind: 'identity-change', change }]
    : reading.unread('identity-change-unreadable', raw);

const identity = (phone: string | null, bsuid: string | null): Identity => ({
  phone,
  bsuid,
  username: null,
});

const SENTENCE = /changed from (\S{1,160}) to (\S{1,160})$/;

/** The only place of an old BSUID: "User <name> changed from X to Y" (docs/360dialog.md#users-without-a-phone-number). */
function readBody(body: string) {
  // Read from the end: a name may hold anything, this very sentence too.
  const [, from = '', to = ''] = SENTENCE.exec(body.slice(-400).trimEnd()) ?? [];
  return { old: idsIn(from), new: idsIn(to) };
}

const idsIn = (word: string) => ({
  phone: phoneOf(word),
  bsuid: BSUID.test(word) ? word : null,
});

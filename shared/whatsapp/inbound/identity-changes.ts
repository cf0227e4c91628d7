import type { Identity } from '../../contract/identity.ts';
import { BSUID } from '../../contract/identity-form.ts';
import type { IdentityChange, InboundItem } from '../../contract/inbound-item.ts';
import { idOf } from '../../kernel/hash.ts';
import { isJson, type Json, objectAt, timeAt, valueAt, wordAt } from '../foreign-json.ts';
import { factOf, notice } from './notice.ts';
import { type Claim, contactClaim, isKnown, phoneOf, senderClaim, userIdOf } from './people.ts';
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
    return [notice(name, { message_id: idOf('msg', id), type: factOf(type) })];
  }
  const told = readBody(wordAt(system, 'body') ?? '');
  const sender = senderClaim(message);
  const now = contactClaim(system);
  const current = {
    phone: now.phone ?? phoneOf(valueAt(system, 'new_wa_id')) ?? told.new.phone,
    bsuid: now.bsuid ?? told.new.bsuid,
    parent: now.parent,
  };
  return readChange(
    {
      id,
      old: identityOf(oldClaim(sender, current, told.old, system)),
      new: identityOf(current),
      sent_at: timeAt(message, 'timestamp'),
    },
    message,
    reading,
  );
}

/**
 * Who it was before. The members that say so come first, the sentence after them. What stands beside
 * `from` may be the new one already, and then finds another chat or none: it counts where it is not, a
 * phone also where no older name is known, because a number may stay when the BSUID changes.
 */
function oldClaim(
  sender: Claim,
  current: Claim,
  told: { phone: string | null; bsuid: string | null },
  system: Json | null,
): Claim {
  const bsuid =
    userIdOf(valueAt(system, 'previous_user_id')) ??
    told.bsuid ??
    (sender.bsuid === current.bsuid ? null : sender.bsuid);
  const parent = userIdOf(valueAt(system, 'previous_parent_user_id'));
  const phone = (sender.phone === current.phone ? null : sender.phone) ?? told.phone;
  return { phone: phone ?? (bsuid || parent ? null : sender.phone), bsuid, parent };
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
    {
      id,
      old: identityOf({ phone, bsuid: previous, parent: null }),
      new: identityOf({ phone: null, bsuid: current, parent: null }),
      sent_at: at,
    },
    raw,
    reading,
  );
}

const readChange = (change: IdentityChange, raw: Json, reading: Reading): InboundItem[] =>
  isKnown(change.old) && isKnown(change.new)
    ? [{ kind: 'identity-change', change }]
    : reading.unread('identity-change-unreadable', raw);

/** A visitor of whom only the parent id is known has it in place of the BSUID, as in messages. */
const identityOf = ({ phone, bsuid, parent }: Claim): Identity => ({
  phone,
  bsuid: bsuid ?? (phone === null ? parent : null),
  username: null,
  ...(parent && { parent_bsuid: parent }),
});

const ID = /^\S{1,160}$/;

/** Until summer 2026 the only place of an old BSUID: "User <name> changed from X to Y" (docs/360dialog.md#users-without-a-phone-number). */
function readBody(body: string) {
  // Read from the end: a name may hold anything, this very sentence too.
  const [changed, from, old = '', to, now = ''] = body.slice(-400).trimEnd().split(' ').slice(-5);
  const isSaid = changed?.endsWith('changed') && from === 'from' && to === 'to';
  return isSaid && ID.test(old) && ID.test(now)
    ? { old: idsIn(old), new: idsIn(now) }
    : { old: idsIn(''), new: idsIn('') };
}

const idsIn = (word: string) => ({
  phone: phoneOf(word),
  bsuid: BSUID.test(word) ? word : null,
});

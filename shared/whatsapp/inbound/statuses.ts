import type { InboundItem, InboundStatus, PaymentUpdate } from '../../contract/inbound-item.ts';
import { idOf } from '../../kernel/hash.ts';
import {
  defined,
  idAt,
  isJson,
  type Json,
  listAt,
  objectAt,
  timeAt,
  valueAt,
  wordAt,
} from '../foreign-json.ts';
import { factOf, notice } from './notice.ts';
import { type Claim, claimOf, type People } from './people.ts';
import { rawObject } from './raw-form.ts';
import { readErrors } from './read-errors.ts';
import type { Reading } from './reading.ts';

const STATUSES = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
/** `biz_opaque_callback_data` holds at most 512 bytes (docs/360dialog.md#statuses). */
const LONGEST_CALLBACK = 512;
const LONGEST_WORD = 64;

/** One of `statuses[]`: no item where it is a repeat, else exactly one. */
export function readStatus(raw: unknown, people: People, reading: Reading): InboundItem[] {
  const id = idAt(raw, 'id');
  const word = wordAt(raw, 'status');
  if (!isJson(raw) || !id || !word) return reading.unread('status-unreadable', raw);
  // Only of a message it says how far that has come; the old API names this type.
  const type = wordAt(raw, 'type') ?? 'message';
  if (type === 'payment') return readPayment(raw, { id, word }, people, reading);
  if (type !== 'message') {
    if (!reading.isNew(`${type} status ${id} ${word}`)) return [];
    return [
      notice('other-status', {
        message_id: idOf('msg', id),
        type: factOf(type),
        status: factOf(word),
      }),
    ];
  }
  if (!reading.isNew(`status ${id} ${word}`)) return [];

  const status = STATUSES.find((known) => known === word);
  if (!status)
    return [notice('other-status', { message_id: idOf('msg', id), status: factOf(word) })];
  const pricing = objectAt(raw, 'pricing');
  return [
    {
      kind: 'status',
      status: defined<InboundStatus>({
        message_id: id,
        status,
        at: timeAt(raw, 'timestamp'),
        callback: readCallback(raw),
        recipient: people.person(recipientClaim(raw)).identity,
        errors: readErrors(listAt(raw, 'errors')),
        pricing: pricing ? rawObject(pricing) : undefined,
      }),
    },
  ];
}

/** What became of a payment that the message asked for. */
function readPayment(
  raw: Json,
  { id, word }: { id: string; word: string },
  people: People,
  reading: Reading,
): InboundItem[] {
  const details = objectAt(raw, 'payment');
  const transaction = idAt(objectAt(details, 'transaction'), 'id') ?? '';
  const key = idOf('pay', id, word, transaction);
  if (!reading.isNew(key)) return [];
  const payment: PaymentUpdate = {
    id: key,
    message_id: id,
    status: word.slice(0, LONGEST_WORD),
    at: timeAt(raw, 'timestamp'),
    callback: readCallback(raw),
    recipient: people.person(recipientClaim(raw)).identity,
    details: details ? rawObject(details) : {},
  };
  return [{ kind: 'payment', payment }];
}

/** v1 moved the recipient into `message` in 2.45; the parent id was called otherwise before May 2026. */
function recipientClaim(raw: Json): Claim {
  const owner = valueAt(raw, 'recipient_id') === undefined ? objectAt(raw, 'message') : null;
  const inMessage = claimOf(owner, 'recipient_id', 'recipient_user_id', 'recipient_parent_user_id');
  const old = claimOf(raw, 'recipient_id', 'recipient_user_id', 'parent_recipient_user_id');
  const own = claimOf(raw, 'recipient_id', 'recipient_user_id', 'recipient_parent_user_id');
  return {
    phone: own.phone ?? inMessage.phone,
    bsuid: own.bsuid ?? inMessage.bsuid,
    parent: own.parent ?? old.parent,
  };
}

function readCallback(raw: Json): string | null {
  const callback = wordAt(raw, 'biz_opaque_callback_data');
  return callback && callback.length <= LONGEST_CALLBACK ? callback : null;
}

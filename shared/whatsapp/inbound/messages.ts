import type { InboundItem, InboundMessage } from '../../contract/inbound-item.ts';
import { idOf } from '../../kernel/hash.ts';
import {
  defined,
  flagAt,
  idAt,
  isJson,
  type Json,
  listAt,
  objectAt,
  timeAt,
  valueAt,
  wordAt,
} from '../foreign-json.ts';
import { readContent, readWords } from './contents.ts';
import { readSystemMessage } from './identity-changes.ts';
import { factOf, notice } from './notice.ts';
import { isKnown, type People, senderClaim } from './people.ts';
import { rawObject } from './raw-form.ts';
import { readErrors } from './read-errors.ts';
import type { PayloadVersion, Reading } from './reading.ts';

/** One of `messages[]`: no item where it is a repeat, else exactly one. */
export function readMessage(
  raw: unknown,
  people: People,
  payloadVersion: PayloadVersion,
  reading: Reading,
): InboundItem[] {
  if (!isJson(raw)) return reading.unread('message-unreadable', raw);
  const id = idAt(raw, 'id');
  if (!id) return reading.unread('message-without-id', raw);
  if (!reading.isNew(`message ${id}`)) return [];

  // A group is no visitor's chat: an answer would tell all members what one of them asked.
  if (valueAt(raw, 'group_id')) return [groupNotice(raw, id)];
  if (wordAt(raw, 'type') === 'system') return readSystemMessage(raw, id, reading);

  const { identity, name } = people.sender(senderClaim(raw));
  if (!isKnown(identity)) return reading.unread('sender-unknown', raw);
  return [
    {
      kind: 'message',
      message: {
        id,
        payload_version: payloadVersion,
        from: identity,
        name,
        sent_at: timeAt(raw, 'timestamp'),
        ...readSaid(raw),
        ...readContext(raw),
      },
    },
  ];
}

/** Hashes, because both ids can hold digits of a phone (docs/360dialog.md#webhook-bodies). */
const groupNotice = (raw: Json, id: string): InboundItem =>
  notice('group-message', {
    message_id: idOf('msg', id),
    group: idOf('grp', idAt(raw, 'group_id') ?? ''),
    type: factOf(valueAt(raw, 'type')),
  });

/** Content and text. A message with errors is not what its type says: only its words can be relied on. */
function readSaid(raw: Json): Pick<InboundMessage, 'content' | 'text'> {
  const type = wordAt(raw, 'type') ?? 'unknown';
  const errors = readErrors(listAt(raw, 'errors'));
  const content = errors.length > 0 ? null : readContent(raw, type);
  return {
    text: readWords(raw, type),
    content: content ?? {
      kind: 'unsupported',
      type: (wordAt(objectAt(raw, 'unsupported'), 'type') ?? type).slice(0, 64),
      raw: rawObject(raw),
      errors,
    },
  };
}

function readContext(raw: Json): Pick<InboundMessage, 'reply_to' | 'forwarded' | 'referral'> {
  const context = objectAt(raw, 'context');
  const quoted = idAt(context, 'id');
  const forwarded = flagAt(context, 'forwarded') || flagAt(context, 'frequently_forwarded');
  const referral = objectAt(raw, 'referral');
  const product = objectAt(context, 'referred_product');
  return defined({
    reply_to: quoted ? { message_id: quoted, author: idAt(context, 'from') } : undefined,
    forwarded: forwarded || undefined,
    // A product that the visitor asks about is a referral, as an ad is.
    referral:
      referral || product
        ? rawObject(defined({ ...referral, product: product ?? undefined }))
        : undefined,
  });
}

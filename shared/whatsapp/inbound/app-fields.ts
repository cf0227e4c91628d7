// Fields of a number that are not `messages`: what its owner does in the WhatsApp Business app, and
// what visitors do besides writing (docs/360dialog.md#other-webhook-fields).
import type { InboundItem } from '../../contract/inbound-item.ts';
import { idOf } from '../../kernel/hash.ts';
import {
  idAt,
  isJson,
  type Json,
  listAt,
  numberAt,
  objectAt,
  timeAt,
  valueAt,
  wordAt,
} from '../foreign-json.ts';
import { readWords } from './contents.ts';
import { factOf, notice } from './notice.ts';
import { claimOf, contactClaim, isKnown, type People, senderClaim } from './people.ts';
import { readErrors } from './read-errors.ts';
import type { Reading } from './reading.ts';

/** What a person does in the app to a message that is there already: no answer to the visitor. */
const NO_ANSWER = new Set(['revoke', 'edit', 'reaction']);

/** One of `message_echoes[]`: a person answered from the app. */
export function readEcho(raw: unknown, people: People, reading: Reading): InboundItem[] {
  const id = idAt(raw, 'id');
  if (!id) return reading.unread('echo-without-id', raw);
  if (!reading.isNew(`echo ${id}`)) return [];
  const { identity } = people.person(claimOf(raw, 'to', 'to_user_id', 'to_parent_user_id'));
  if (valueAt(raw, 'group_id')) return [notice('group-message', { message_id: idOf('msg', id) })];
  const type = wordAt(raw, 'type') ?? '';
  if (NO_ANSWER.has(type)) return [notice('echo-of-change', { message_id: idOf('msg', id), type })];
  if (!isKnown(identity)) return reading.unread('recipient-unknown', raw);
  return [
    {
      kind: 'human-message',
      message: {
        id,
        to: identity,
        sent_at: timeAt(raw, 'timestamp'),
        type,
        text: isJson(raw) ? readWords(raw, type) : '',
      },
    },
  ];
}

/** One of `user_preferences[]`: the visitor stops or resumes a category of messages. */
export function readPreference(raw: unknown, people: People, reading: Reading): InboundItem[] {
  const { identity } = people.person(contactClaim(raw));
  if (!isKnown(identity)) return reading.unread('sender-unknown', raw);
  const word = wordAt(raw, 'value');
  const value = word === 'stop' || word === 'resume' ? word : null;
  if (!value) return reading.unread('preference-unreadable', raw);

  const category = (wordAt(raw, 'category') ?? '').slice(0, 128);
  const at = timeAt(raw, 'timestamp');
  const id = idOf('prf', identity.bsuid ?? identity.phone ?? '', category, value, at ?? '');
  return [{ kind: 'preference', preference: { id, from: identity, category, value, at } }];
}

/** One of `calls[]`: an item only where the visitor starts the call, because that opens the window. */
export function readPhoneCall(raw: unknown, people: People, reading: Reading): InboundItem[] {
  const id = idAt(raw, 'id');
  const event = wordAt(raw, 'event') ?? '';
  if (!id) return reading.unread('call-without-id', raw);
  if (!reading.isNew(`call ${id} ${event}`)) return [];

  const direction = wordAt(raw, 'direction');
  if (direction !== 'USER_INITIATED' || event !== 'connect') {
    return [notice('calls', { event: factOf(event), direction: factOf(direction) })];
  }
  const { identity, name } = people.person(senderClaim(raw));
  if (!isKnown(identity)) return reading.unread('sender-unknown', raw);
  return [{ kind: 'call', call: { id, from: identity, name, at: timeAt(raw, 'timestamp') } }];
}

/** Messages from before the number was connected: there may be thousands, so they are only counted. */
export function readHistory(value: Json): InboundItem[] {
  const chunks = listAt(value, 'history').filter(isJson);
  const threads = chunks.flatMap((chunk) => listAt(chunk, 'threads'));
  const threaded = threads.reduce<number>((sum, one) => sum + listAt(one, 'messages').length, 0);
  const metadata = objectAt(chunks[0], 'metadata');
  const errors = chunks.flatMap((chunk) => readErrors(listAt(chunk, 'errors')));
  return [
    notice('history', {
      chunks: chunks.length,
      threads: threads.length,
      messages: threaded + listAt(value, 'messages').length,
      phase: percentAt(metadata, 'phase'),
      progress: percentAt(metadata, 'progress'),
      code: errors[0]?.code,
    }),
  ];
}

/** A phone number in the wrong place must not enter the log. */
function percentAt(owner: Json | null, key: string): number | null {
  const value = numberAt(owner, key);
  return value !== null && value >= 0 && value <= 100 ? value : null;
}

/** The contacts of the WhatsApp Business app, which are only counted. */
export const readStateSync = (value: Json): InboundItem[] => [
  notice('smb-app-state-sync', { contacts: listAt(value, 'state_sync').length }),
];

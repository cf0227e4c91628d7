import type { Content } from '../../contract/message.ts';
import {
  defined,
  flagAt,
  idAt,
  isJson,
  type Json,
  listAt,
  numberAt,
  objectAt,
  textAt,
  valueAt,
  wordAt,
} from '../foreign-json.ts';
import { readInteractive } from './interactive.ts';
import { rawObject } from './raw-form.ts';

type FileKind = Extract<Content, { file: unknown }>['kind'];

/** What a message says besides who and when: kind by kind (docs/360dialog.md#message-types). */
const READERS: ReadonlyMap<string, (message: Json) => Content | null> = new Map([
  ['text', readText],
  ['image', (message) => readFile('image', objectAt(message, 'image'))],
  ['video', (message) => readFile('video', objectAt(message, 'video'))],
  ['document', (message) => readFile('document', objectAt(message, 'document'))],
  ['sticker', (message) => readFile('sticker', objectAt(message, 'sticker'))],
  ['audio', readAudio],
  // The old API's word; what belongs to it has been seen under the new name.
  [
    'voice',
    (message) => readFile('voice', objectAt(message, 'voice') ?? objectAt(message, 'audio')),
  ],
  ['location', readLocation],
  ['contacts', readCards],
  ['interactive', readInteractive],
  ['button', readTemplateButton],
  ['reaction', readReaction],
  ['order', readOrder],
  ['request_welcome', () => ({ kind: 'welcome' })],
  ['edit', (message) => readUpdate('edit', objectAt(message, 'edit'))],
  ['revoke', (message) => readUpdate('revoke', objectAt(message, 'revoke'))],
]);

/** The content, or null where the type is not known or its object is not what it should be. */
export const readContent = (message: Json, type: string): Content | null =>
  READERS.get(type)?.(message) ?? null;

/** What the visitor wrote or tapped: body, caption, label, note of an order; '' where there is nothing. */
export function readWords(message: Json, type: string): string {
  const body = objectAt(message, type);
  switch (type) {
    case 'text':
      return textAt(body, 'body') ?? '';
    case 'button':
    case 'order':
      return textAt(body, 'text') ?? '';
    case 'interactive': {
      const reply = objectAt(body, wordAt(body, 'type') ?? '');
      return textAt(reply, 'title') ?? textAt(reply, 'body') ?? '';
    }
    case 'edit': {
      const edited = objectAt(body, 'message');
      const editedType = wordAt(edited, 'type') ?? 'text';
      // Of what an edit says only words can be new, and one edit holds no other.
      return edited && editedType !== 'edit' ? readWords(edited, editedType) : '';
    }
    default:
      return textAt(body, 'caption') ?? '';
  }
}

function readText(message: Json): Content | null {
  return textAt(objectAt(message, 'text'), 'body') === undefined ? null : { kind: 'text' };
}

/** Ids become part of our media addresses and of paths at the provider: no other sign may get there. */
const MEDIA_ID = /^[A-Za-z0-9_-]{1,128}$/;

function readFile(kind: FileKind, body: Json | null): Content | null {
  if (!body) return null;
  const id = idAt(body, 'id');
  if (id !== null && !MEDIA_ID.test(id)) return null;
  return {
    kind,
    file: defined({
      id,
      mime_type: wordAt(body, 'mime_type'),
      sha256: wordAt(body, 'sha256'),
      filename: wordAt(body, 'filename'),
    }),
  };
}

function readAudio(message: Json): Content | null {
  const body = objectAt(message, 'audio');
  return readFile(flagAt(body, 'voice') ? 'voice' : 'audio', body);
}

function readLocation(message: Json): Content | null {
  const body = objectAt(message, 'location');
  const latitude = numberAt(body, 'latitude');
  const longitude = numberAt(body, 'longitude');
  if (latitude === null || Math.abs(latitude) > 90) return null;
  if (longitude === null || Math.abs(longitude) > 180) return null;
  return defined<Content>({
    kind: 'location',
    latitude,
    longitude,
    name: wordAt(body, 'name'),
    address: wordAt(body, 'address'),
    url: wordAt(body, 'url'),
  });
}

function readCards(message: Json): Content | null {
  const cards = listAt(message, 'contacts').filter(isJson);
  if (cards.length === 0) return null;
  // `origin` says that it is the sender's own card. Documented inside the card; one client library has it outside.
  const origin = wordAt(message, 'origin');
  return {
    kind: 'contacts',
    contacts: cards.map((card) => rawObject(origin ? { origin, ...card } : card)),
  };
}

function readTemplateButton(message: Json): Content | null {
  const body = objectAt(message, 'button');
  const label = wordAt(body, 'text') ?? wordAt(body, 'payload');
  if (!label) return null;
  return { kind: 'choice', option: { id: wordAt(body, 'payload') ?? label, label }, via: 'tap' };
}

function readReaction(message: Json): Content | null {
  const body = objectAt(message, 'reaction');
  const target = idAt(body, 'message_id');
  if (!target) return null;
  return { kind: 'reaction', emoji: wordAt(body, 'emoji') ?? null, to_message_id: target };
}

function readOrder(message: Json): Content | null {
  const body = objectAt(message, 'order');
  if (!body || valueAt(body, 'product_items') === undefined) return null;
  return {
    kind: 'order',
    items: listAt(body, 'product_items').filter(isJson).map(rawObject),
    catalog_id: idAt(body, 'catalog_id') ?? '',
  };
}

function readUpdate(kind: 'edit' | 'revoke', body: Json | null): Content | null {
  const target = idAt(body, 'original_message_id');
  return target ? { kind, to_message_id: target } : null;
}

// What a reply may be, and what is said of one that is nothing of it.
import { nearest } from '../kernel/nearest.ts';

const REPLY_TYPES = [
  'text',
  'buttons',
  'attachment',
  'template',
  'location',
  'contacts',
  'sticker',
  'reaction',
  'link_button',
  'ask_location',
  'ask_phone',
  'flow',
  'pause',
  'raw',
] as const;

/** What people's programs call a reply that has another name here; the names of WhatsApp and of other platforms. */
const MEANT: Record<string, object> = {
  image: { type: 'attachment', kind: 'image' },
  picture: { type: 'attachment', kind: 'image' },
  photo: { type: 'attachment', kind: 'image' },
  audio: { type: 'attachment', kind: 'audio' },
  voice: { type: 'attachment', kind: 'audio', voice: true },
  video: { type: 'attachment', kind: 'video' },
  file: { type: 'attachment', kind: 'file' },
  document: { type: 'attachment', kind: 'file' },
  interactive: { type: 'buttons' },
  list: { type: 'buttons' },
  menu: { type: 'buttons' },
  quick_replies: { type: 'buttons' },
};

/** Why a value is no reply of any type: what was found, and what was meant or would do. */
export function noReply(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `must be a text, or an object like {"type":"text","text":"Hello"}, not ${nameOf(value)}`;
  }
  const { type } = value as { type?: unknown };
  const types = `the types are ${REPLY_TYPES.join(', ')}`;
  if (type === undefined) return `is missing; ${types}`;
  const found = typeof type === 'string' && IS_WORD.test(type) ? `"${type}"` : nameOf(type);
  const meant = typeof type === 'string' ? meantBy(type) : null;
  return `${found} is no type of reply; ${meant ? `did you mean ${JSON.stringify(meant)}?` : types}`;
}

export const isReplyType = (type: string): boolean =>
  (REPLY_TYPES as readonly string[]).includes(type);

/** Other texts are not repeated: they may be a person's words. */
const IS_WORD = /^[a-z][a-z_.-]{0,29}$/i;

function meantBy(type: string): object | null {
  const word = type.toLowerCase();
  if (Object.hasOwn(MEANT, word)) return MEANT[word] ?? null;
  const near = nearest(word, [...REPLY_TYPES, ...Object.keys(MEANT)]);
  return near === null ? null : (MEANT[near] ?? { type: near });
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'an object'
    : typeof value === 'string'
      ? 'a text'
      : String(value);
}

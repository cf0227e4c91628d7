import type { ReplyOf } from '../../contract/reply.ts';
import { type Addressing, addressed, plainPart } from './envelope.ts';
import type { RenderedPart } from './rendering.ts';

/**
 * Members that no raw message has of its own: ours to fill, who gets it and what comes back in its
 * statuses; and those that would make a read receipt of it, which names a visitor's message.
 */
const OURS = new Set([
  'messaging_product',
  'recipient_type',
  'to',
  'recipient',
  'biz_opaque_callback_data',
  'status',
  'message_id',
  'typing_indicator',
]);

/**
 * Many JSON readers take a name in any case, and some fold signs like `ſ` and `K` too. A second `Type` beside
 * the one that was judged would be another word for what the message is.
 */
function isOurs(name: string): boolean {
  // No name of ours is so long, and to fold it would take the square of its length.
  if (name.length > 64) return false;
  const folded = name.normalize('NFKC').trim().toLowerCase();
  return OURS.has(folded) || (folded === 'type' && name !== 'type');
}

/**
 * WhatsApp's own message, as it is. Null: it names no type, and so is no message; or it says that it is a
 * template, which may go at any time, and names none.
 */
export function renderRaw({ message }: ReplyOf<'raw'>, how: Addressing): RenderedPart | null {
  const { type } = message;
  if (typeof type !== 'string' || type === '') return null;
  const isTemplate = type === 'template';
  if (isTemplate && !namesTemplate(message)) return null;
  const theirs = Object.entries(message).filter(([name]) => !isOurs(name));
  return plainPart(addressed(how, { ...Object.fromEntries(theirs), type }), {
    needsWindow: !isTemplate,
  });
}

function namesTemplate(message: Record<string, unknown>): boolean {
  const { name } = Object(Object.hasOwn(message, 'template') ? message.template : null);
  return typeof name === 'string' && name.trim() !== '';
}

import type { ReplyOf } from '../../contract/reply.ts';
import { type Addressing, addressed, plainPart } from './envelope.ts';
import type { RenderedPart } from './rendering.ts';

/** Members that are ours to fill: who gets the message, and what comes back in its statuses. */
const OURS = ['messaging_product', 'recipient_type', 'to', 'recipient', 'biz_opaque_callback_data'];

/** WhatsApp's own message, as it is. Null: it names no type, and so is no message. */
export function renderRaw({ message }: ReplyOf<'raw'>, how: Addressing): RenderedPart | null {
  const { type } = message;
  if (typeof type !== 'string' || type === '') return null;
  const theirs = Object.entries(message).filter(([name]) => !OURS.includes(name));
  return plainPart(addressed(how, { ...Object.fromEntries(theirs), type }), {
    needsWindow: type !== 'template',
  });
}

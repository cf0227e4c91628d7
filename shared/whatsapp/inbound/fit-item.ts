import type { InboundItem, InboundMessage } from '../../contract/inbound-item.ts';

/** An item over this travels without its raw form: an SQS message holds 1 MiB at most, and so does a batch. */
const LARGEST_BYTES = 200 * 1024;
/** The longest text a person can send (WhatsApp's own limit, in UTF-16 units). */
const LONGEST_TEXT = 65_536;

const LEFT_OUT = { left_out: 'too-large' };

/** The item, or, where it is too large for a queue, what of it can travel and a note. */
export function fitItem(item: InboundItem): InboundItem {
  if (Buffer.byteLength(JSON.stringify(item)) <= LARGEST_BYTES) return item;
  switch (item.kind) {
    case 'message':
      return { kind: 'message', message: withoutRaw(item.message) };
    case 'status': {
      const { errors, ...status } = item.status;
      return {
        kind: 'status',
        status: { ...status, errors: errors.slice(0, 1), pricing: LEFT_OUT },
      };
    }
    case 'unread':
      return { ...item, raw: LEFT_OUT };
    default:
      return item; // the others hold only short words
  }
}

/** Becomes `unsupported`, whatever kind it was: of real messages only a contact card with a picture is this large. */
function withoutRaw({ referral, content, ...message }: InboundMessage): InboundMessage {
  const { kind } = content;
  return {
    ...message,
    name: message.name.slice(0, 512),
    text: message.text.slice(0, LONGEST_TEXT),
    content: {
      kind: 'unsupported',
      type: kind === 'unsupported' ? content.type : kind,
      raw: LEFT_OUT,
      errors: kind === 'unsupported' ? content.errors.slice(0, 1) : [],
    },
    ...(referral && { referral: LEFT_OUT }),
  };
}

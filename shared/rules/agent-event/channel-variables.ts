import type { ChannelVariables } from '../../contract/agent-event.ts';
import type { Chat } from '../../contract/chat.ts';
import type { InboundMessage } from '../../contract/inbound-item.ts';

/** What the variables are filled from. */
export interface VariableSources {
  chat: Pick<Chat, 'channel_chat_id' | 'phone' | 'bsuid' | 'name'>;
  /** The message the event is about; null where there is none. */
  message: InboundMessage | null;
  /** Our signed address of the message's file; null where it has none or none can be made. */
  fileUrl: string | null;
}

/**
 * The original platform's variables, so that scripts written for it read what they expect. The ids
 * hold the phone that the message or the chat knows, else the BSUID. First and last name are both the
 * whole profile name, as they were there.
 */
export function channelVariables({ chat, message, fileUrl }: VariableSources): ChannelVariables {
  const phone = message?.from.phone ?? chat.phone;
  const visitor = phone ?? message?.from.bsuid ?? chat.bsuid ?? '';
  const name = message?.name || chat.name;
  const content = message?.content;
  return {
    channel_chat_id: chat.channel_chat_id,
    channel_conversation_id: visitor,
    channel_visitor_id: visitor,
    channel_visitor_firstname: name,
    channel_visitor_lastname: name,
    channel_visitor_phone: phone ?? '',
    channel_visitor_email: '',
    channel_visitor_account: visitor,
    channel_visitor_auth: '',
    channel_visitor_source: '',
    ...(content?.kind === 'location' && { channel_visitor_location: coordinates(content) }),
    ...(message && { channel_message_id: message.id }),
    client_message: message ? clientMessage(message, fileUrl) : '',
  };
}

/** What a script reads as the visitor's answer (docs/contract.md#event-types, `client_message`). */
export function clientMessage(message: InboundMessage, fileUrl: string | null): string {
  const { content } = message;
  switch (content.kind) {
    case 'choice':
      return content.option.label;
    case 'location':
      return coordinates(content);
    case 'image':
    case 'audio':
    case 'voice':
    case 'video':
    case 'document':
    case 'sticker':
      return `file:${content.kind}|${content.file.id ?? ''}|${fileAddress(message, content.file.id, fileUrl)}`;
    default:
      return message.text;
  }
}

/** Scripts of the original platform compare this address letter for letter. */
const V1_MEDIA = 'https://waba.360dialog.io/v1/media/';

function fileAddress(
  { payload_version }: InboundMessage,
  id: string | null,
  fileUrl: string | null,
) {
  if (id === null) return '';
  return payload_version === 'v1' ? V1_MEDIA + id : (fileUrl ?? '');
}

/** `latitude,longitude`. */
export const coordinates = (place: { latitude: number; longitude: number }) =>
  `${decimal(place.latitude)},${decimal(place.longitude)}`;

/** JavaScript writes a place just beside the equator as 5e-7, which few scripts can read. */
const decimal = (degrees: number) =>
  Math.abs(degrees) < 1e-6 ? degrees.toFixed(7) : String(degrees);

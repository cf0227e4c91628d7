import type { MediaLibrary } from '../media-library.ts';
import type { SendRequest } from '../read-send.ts';
import { lineOfTemplate } from '../templates/line-of-template.ts';
import type { SentTemplate } from '../templates/sent-template.ts';
import type { Template } from '../templates/template.ts';
import type { ChatButton, ChatContact, ChatLine, ChatMedia, ChatPlace } from './chat-line.ts';

/** What a phone shows of a message of the business. `template`: the one it names, if it is known. */
export function lineOfSend(
  messageId: string,
  { type, text, body }: SendRequest,
  { files, template, at }: { files: MediaLibrary; template: Template | null; at: number },
): ChatLine {
  const time = new Date(at).toISOString();
  const { message_id: quotes } = (body.context ?? {}) as { message_id?: string };
  return {
    from: 'business',
    message_id: messageId,
    type,
    text,
    at: time,
    statuses: ['accepted'],
    history: [{ status: 'accepted', at: time }],
    ...contentOf(type, body[type], files, template),
    ...(quotes && { quotes }),
    reactions: [],
  };
}

type Fields = Record<string, unknown>;

/** `content` has the shape of its type: `readSend` has refused every other. */
function contentOf(
  type: string,
  content: unknown,
  files: MediaLibrary,
  template: Template | null,
): Partial<ChatLine> {
  const fields = (content ?? {}) as Fields;
  switch (type) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker': {
      const { caption } = fields as { caption?: string };
      return { media: mediaOf(fields, files), ...(caption && { caption }) };
    }
    case 'location':
      return { location: content as ChatPlace };
    case 'contacts':
      return { contacts: (content as Contact[]).map(contactOf) };
    case 'reaction':
      return { reacts_to: String(fields.message_id) };
    case 'interactive':
      return interactiveOf(content as Interactive, files);
    case 'template':
      return lineOfTemplate(content as SentTemplate, template, (media) =>
        mediaOf(media as Fields, files),
      );
    default:
      return {};
  }
}

function mediaOf(media: Fields, files: MediaLibrary): ChatMedia {
  const { id, link, filename, voice } = media as Record<string, string | undefined>;
  const file = id === undefined ? undefined : files.find(id);
  return {
    mime_type: file?.mimeType ?? null,
    name: filename ?? file?.filename ?? null,
    size_bytes: file?.sizeBytes ?? null,
    url: link ?? files.addressOf(id ?? ''),
    ...(voice && { voice: true }),
  };
}

interface Contact {
  name: { formatted_name: string };
  phones?: { phone?: string }[];
  emails?: { email?: string }[];
  org?: { company?: string };
}

const contactOf = ({ name, phones = [], emails = [], org }: Contact): ChatContact => ({
  name: name.formatted_name,
  phones: phones.flatMap(({ phone }) => phone ?? []),
  emails: emails.flatMap(({ email }) => email ?? []),
  ...(org?.company && { organization: org.company }),
});

interface Interactive {
  type: string;
  header?: Fields & { type: string; text?: string };
  footer?: { text: string };
  action: {
    buttons?: { reply: { id: string; title: string } }[];
    button?: string;
    sections?: NonNullable<ChatLine['list']>['sections'];
    parameters?: { display_text?: string; url?: string; flow_cta?: string };
  };
}

function interactiveOf(
  { type, header, footer, action }: Interactive,
  files: MediaLibrary,
): Partial<ChatLine> {
  const buttons = buttonsOf(type, action);
  const { button, sections } = action;
  return {
    ...(header && {
      header:
        header.type === 'text'
          ? { text: header.text ?? '' }
          : { media: mediaOf(header[header.type] as Fields, files) },
    }),
    ...(footer && { footer: footer.text }),
    ...(buttons.length > 0 && { buttons }),
    ...(button && sections && { list: { button, sections } }),
  };
}

function buttonsOf(
  type: string,
  { buttons = [], parameters }: Interactive['action'],
): ChatButton[] {
  if (type === 'cta_url') {
    const { display_text: label = '', url = '' } = parameters ?? {};
    return [{ kind: 'link', label, url }];
  }
  if (type === 'flow') return [{ kind: 'form', label: parameters?.flow_cta ?? '' }];
  if (type === 'location_request_message') {
    return [{ kind: 'send-location', label: 'Send location' }];
  }
  if (type === 'request_contact_info') return [{ kind: 'share-contact', label: 'Share contact' }];
  return buttons.map(({ reply }) => ({ kind: 'reply', label: reply.title, id: reply.id }));
}

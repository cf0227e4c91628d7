import type { Reply } from '../../shared/contract/reply.ts';
import type { Fields } from './schema-parts.ts';

interface ReplyNote {
  /** What the visitor sees. */
  says: string;
  /** A sentence for each field of its own. */
  fields: Record<string, string>;
  /** Together they have every field of its own. */
  examples: Fields[];
}

/** What every reply may carry. */
export const COMMON_FIELDS: Record<string, string> = {
  type: 'What kind of reply it is.',
  id: 'Your own name for it. In one chat it names one reply for 24 hours: a second with this id is not sent.',
  reply_to: 'The id of a message to quote. Not for `reaction` and `pause`.',
  valid_for: 'Seconds from when it was accepted: what has not gone by then is `expired`.',
  if_window_closed:
    'What becomes of it outside the 24-hour window; left out: the channel’s `options.if_window_closed`.',
};

const HEADER = 'A line above the text.';
const FOOTER = 'A small line below the text.';

/** What each type of reply is, and what its fields mean: docs/contract.md#replies. */
export const REPLY_NOTES: Record<Reply['type'], ReplyNote> = {
  text: {
    says: 'Text, in as many messages as it needs.',
    fields: {
      text: 'What is said.',
      preview_url: 'Whether a link gets a preview; left out: it does where there is a link.',
    },
    examples: [
      {
        type: 'text',
        text: 'See https://example.com',
        preview_url: false,
        id: 'link-1',
        reply_to: 'wamid.A1',
        valid_for: 600,
        if_window_closed: 'park',
      },
    ],
  },
  buttons: {
    says: 'The Button Menu: up to 3 are buttons, more are a numbered list in the text or WhatsApp’s own list.',
    fields: {
      text: 'The question.',
      buttons:
        'Each is a label, or an object: `label` is what the visitor sees, and `id` comes back as `message.option.id`.',
      header: HEADER,
      footer: FOOTER,
      menu_label: 'What opens WhatsApp’s own list (`options.choices` is `list`).',
    },
    examples: [
      {
        type: 'buttons',
        text: 'When?',
        buttons: [{ id: 'am', label: 'Morning' }, 'Afternoon'],
        header: 'Your visit',
        footer: 'Local time',
        menu_label: 'Choose',
      },
    ],
  },
  attachment: {
    says: 'A file. What WhatsApp does not take goes as text with the link.',
    fields: {
      kind: 'How it is shown.',
      url: 'Where the file is: https, or it goes as text with the link.',
      caption: 'The words with it.',
      filename: 'What a file is called.',
      voice: 'Whether an audio goes as a voice note.',
      send_as:
        '`link`: WhatsApp fetches it from `url`. `file`: we fetch up to 24 MB and upload it; where that cannot be done it goes by link.',
    },
    examples: [
      {
        type: 'attachment',
        kind: 'file',
        url: 'https://example.com/invoice.pdf',
        filename: 'invoice.pdf',
        caption: 'Your invoice',
        send_as: 'file',
      },
      { type: 'attachment', kind: 'audio', url: 'https://example.com/hello.ogg', voice: true },
    ],
  },
  template: {
    says: 'An approved template: the only thing that goes outside the window.',
    fields: {
      name: 'Its name at 360dialog.',
      language: 'Its language code, as approved.',
      parameters: 'The body’s texts, in order or by name.',
      components: 'WhatsApp’s own components, instead of parameters.',
    },
    examples: [
      { type: 'template', name: 'parcel_arrived', language: 'en', parameters: ['4711'] },
      {
        type: 'template',
        name: 'parcel_arrived',
        language: 'en',
        components: [{ type: 'body', parameters: [{ type: 'text', text: '4711' }] }],
      },
    ],
  },
  location: {
    says: 'A pin on a map.',
    fields: {
      latitude: 'Degrees, north is positive.',
      longitude: 'Degrees, east is positive.',
      name: 'What is there.',
      address: 'Where that is, in words.',
    },
    examples: [
      {
        type: 'location',
        latitude: 52.52,
        longitude: 13.405,
        name: 'Our shop',
        address: 'Main Street 1, Berlin',
      },
    ],
  },
  contacts: {
    says: 'Cards of people.',
    fields: { contacts: 'In WhatsApp’s form; `name.formatted_name` is required.' },
    examples: [
      {
        type: 'contacts',
        contacts: [
          { name: { formatted_name: 'Service desk' }, phones: [{ phone: '+49 30 1234567' }] },
        ],
      },
    ],
  },
  sticker: {
    says: 'A sticker.',
    fields: { url: 'Where the webp is.' },
    examples: [{ type: 'sticker', url: 'https://example.com/thanks.webp' }],
  },
  reaction: {
    says: 'An emoji on a message.',
    fields: {
      to_message_id: 'The id of the message.',
      emoji: 'One emoji; an empty text takes it back.',
    },
    examples: [{ type: 'reaction', to_message_id: 'wamid.A1', emoji: '👍' }],
  },
  link_button: {
    says: 'A button that opens an address.',
    fields: {
      text: 'What stands above the button.',
      label: 'What stands on it.',
      url: 'The address. With `tel:`, `sms:` or `mailto:` the number or address follows the text instead.',
    },
    examples: [
      {
        type: 'link_button',
        text: 'Follow your parcel.',
        label: 'Track',
        url: 'https://example.com/track/4711',
      },
    ],
  },
  ask_location: {
    says: 'A button that sends the visitor’s location.',
    fields: { text: 'What stands above the button.' },
    examples: [{ type: 'ask_location', text: 'Where shall we come?' }],
  },
  ask_phone: {
    says: 'A button that shares the visitor’s number.',
    fields: { text: 'What stands above the button.' },
    examples: [{ type: 'ask_phone', text: 'May we call you?' }],
  },
  flow: {
    says: 'A button that opens a form of WhatsApp’s. The answers come back as a message of kind `form`.',
    fields: {
      text: 'What stands above the button.',
      flow_id: 'The form’s id.',
      cta: 'What stands on the button: at most 20 characters, without emoji.',
      screen: 'Where the form opens; left out: where its maker said.',
      data: 'What that screen begins with. It needs `screen`.',
      mode: '`draft` for a form that is not published.',
      header: HEADER,
      footer: FOOTER,
    },
    examples: [
      {
        type: 'flow',
        text: 'When shall we come?',
        flow_id: '1197715005513101',
        cta: 'Choose a time',
        screen: 'TIMES',
        data: { order: '4711' },
        mode: 'published',
        header: 'Your visit',
        footer: 'Local time',
      },
    ],
  },
  pause: {
    says: 'Nothing: what follows waits.',
    fields: { seconds: 'How long.' },
    examples: [{ type: 'pause', seconds: 2 }],
  },
  raw: {
    says: 'A Cloud API message of any type, sent as it is.',
    fields: {
      message: 'The message, in WhatsApp’s form. Its recipient fields are replaced by ours.',
    },
    examples: [{ type: 'raw', message: { type: 'text', text: { body: 'Word for word.' } } }],
  },
};

// Every limit of WhatsApp's that our messages have to keep. Lengths are counted in UTF-16 units, the
// strictest reading of "characters". The pages are those under
// https://developers.facebook.com/documentation/business-messaging/whatsapp/, as docs/360dialog.md has
// them (October 2026); where a line has a date, the page was read again that day.

/** `text.body` (messages/text-messages, 2026-11-23). */
export const TEXT_BODY = 4096;
/** `caption` of an image, a video or a document (messages/image-messages and its siblings). */
export const CAPTION = 1024;

/** The longest address sent as a link, of a file or on a button. No page gives a limit: this one is ours. */
export const LINK = 2048;

/** Reply buttons in one message (messages/interactive-reply-buttons-messages, 2026-11-23). */
export const REPLY_BUTTONS = 3;
/** The label on a reply button, and on the one that opens a list or a link. */
export const BUTTON_LABEL = 20;
/** The body of an interactive message. One page allows lists 4096; older texts and clients 1024. */
export const INTERACTIVE_BODY = 1024;
/** A text header and a footer of an interactive message. */
export const HEADER = 60;
export const FOOTER = 60;

/** Rows of a list, all sections together (messages/interactive-list-messages, 2026-11-23). */
export const LIST_ROWS = 10;
export const ROW_ID = 200;
export const ROW_TITLE = 24;
export const ROW_DESCRIPTION = 72;

const MB = 1024 * 1024;

/** What may be sent as which kind, up to how many bytes (business-phone-numbers/media). */
export const MEDIA = {
  image: { types: ['image/jpeg', 'image/png'], bytes: 5 * MB },
  video: { types: ['video/mp4', 'video/3gpp'], bytes: 16 * MB },
  audio: {
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    bytes: 16 * MB,
  },
  document: { types: null, bytes: 100 * MB },
} as const satisfies Record<string, { types: readonly string[] | null; bytes: number }>;

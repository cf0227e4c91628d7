import { say } from '../words/translate.ts';

/** A reply as a person reads it: its words, or what it is. */
export function replyWords(reply: unknown): string {
  if (typeof reply === 'string') return reply;
  const { type, text, ...more } = Object(reply) as Record<string, unknown>;
  switch (type) {
    case 'text':
    case 'ask_location':
    case 'ask_phone':
      return word(text);
    case 'buttons':
      return [word(text), ...labelsIn(more.buttons).map((label) => `▫ ${label}`)].join('\n');
    case 'link_button':
      return [word(text), `▫ ${word(more.label)}: ${word(more.url)}`].join('\n');
    case 'flow':
      return [word(text), `▫ ${word(more.cta)}`].join('\n');
    case 'attachment':
    case 'sticker':
      return [word(more.caption), word(more.url)].filter(Boolean).join('\n');
    case 'location':
      return [word(more.name), word(more.address), `${more.latitude}, ${more.longitude}`]
        .filter(Boolean)
        .join('\n');
    case 'reaction':
      return word(more.emoji);
    case 'template':
      return say('reply.template', { name: word(more.name), language: word(more.language) });
    case 'pause':
      return say('reply.pause', { n: Number(more.seconds) });
    default:
      return word(type) ? say('reply.other', { type: word(type) }) : say('reply.unknown');
  }
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '');

const labelsIn = (buttons: unknown): string[] =>
  Array.isArray(buttons)
    ? buttons.map((button) =>
        typeof button === 'object' && button !== null ? word(button.label) : String(button),
      )
    : [];

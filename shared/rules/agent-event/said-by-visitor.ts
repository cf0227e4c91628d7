import type { InboundMessage } from '../../contract/inbound-item.ts';
import { coordinates } from './channel-variables.ts';

/**
 * What a visitor's message says as one text: words, a caption, the label of a choice, a place, names of cards,
 * the answers of a form as JSON; '' where it has no words.
 */
export function saidByVisitor({ content, text }: Pick<InboundMessage, 'content' | 'text'>): string {
  switch (content.kind) {
    case 'choice':
      return content.option.label;
    case 'location':
      return [content.name, content.address].filter(Boolean).join(', ') || coordinates(content);
    case 'contacts':
      return content.contacts
        .map(({ name }) => (Object(name) as { formatted_name?: unknown }).formatted_name)
        .filter((name) => typeof name === 'string')
        .join(', ');
    case 'form':
      return Object.keys(content.answers).length > 0 ? JSON.stringify(content.answers) : text;
    case 'reaction':
      return content.emoji ?? '';
    default:
      return text;
  }
}

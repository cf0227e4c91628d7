import type { Chat } from '../../contract/chat.ts';

/**
 * What somebody wants no more of; answers while the window is open are always wanted (product.md B7).
 * `everything`: they said a stop word, and no start word since, so no template goes and nothing waits
 * for them. `marketing`: they told WhatsApp so, so nothing goes by a template that may be marketing.
 */
export function optedOut({
  stop_word: word,
  marketing,
}: Pick<Chat, 'stop_word' | 'marketing'>): null | 'everything' | 'marketing' {
  if (word?.value === 'stop') return 'everything';
  return marketing?.value === 'stop' ? 'marketing' : null;
}

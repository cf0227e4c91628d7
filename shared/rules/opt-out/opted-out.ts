import type { Chat } from '../../contract/chat.ts';

/**
 * What the visitor wants no more of; answers while the window is open are always wanted, because the
 * visitor wrote. `everything`: the visitor said a stop word, and no start word since, so no template
 * goes and no reply waits in the park. `marketing`: the visitor told WhatsApp so, and no template goes
 * that may be marketing.
 */
export function optedOut({
  stop_word: word,
  marketing,
}: Pick<Chat, 'stop_word' | 'marketing'>): null | 'everything' | 'marketing' {
  if (word?.value === 'stop') return 'everything';
  return marketing?.value === 'stop' ? 'marketing' : null;
}

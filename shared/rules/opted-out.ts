import type { Chat } from '../contract/chat.ts';

/**
 * What somebody wants no more of, unless they write themselves (product.md B7). `everything`: they said
 * a stop word, so no template goes and nothing waits for them. `marketing`: they told WhatsApp so, so
 * nothing goes by a template that may be marketing.
 */
export function optedOut({
  stop_word_at: stoppedAt,
  marketing,
}: Pick<Chat, 'stop_word_at' | 'marketing'>): null | 'everything' | 'marketing' {
  if (stoppedAt !== null) return 'everything';
  return marketing?.value === 'stop' ? 'marketing' : null;
}

import type { Finding } from '../../../../shared/kernel/failure.ts';
import type { ChatLine } from '../chat/chat-line.ts';

/** The line of this message, or the last one of that side; else what is wrong with `path`. */
export function findLine(
  lines: readonly ChatLine[],
  id: string,
  lastOf: ChatLine['from'],
  path: string,
): ChatLine | Finding {
  const found =
    id === 'last'
      ? lines.findLast(({ from, type }) => from === lastOf && type !== 'reaction')
      : lines.find(({ message_id }) => message_id === id);
  const whose = lastOf === 'business' ? 'the business' : 'the visitor';
  return (
    found ?? {
      path,
      detail: `must be the message_id of a message of this chat, or "last" for the last one of ${whose}; there is none`,
    }
  );
}

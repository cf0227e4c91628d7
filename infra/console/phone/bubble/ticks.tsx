import type { ChatLine } from '../../../local/dialog360/chat/chat-line.ts';
import { Icon } from '../../shell/icon.tsx';
import { isWord, say } from '../../words/translate.ts';

const ORDER = ['accepted', 'sent', 'delivered', 'read', 'played'];

/** How far a message has come: the farthest of its statuses; `failed` beats them all. */
export function reached({ statuses }: Pick<ChatLine, 'statuses'>): string | null {
  if (statuses.includes('failed')) return 'failed';
  return ORDER.findLast((status) => statuses.includes(status)) ?? statuses.at(-1) ?? null;
}

/** One grey tick, two grey ones, two blue ones, or a warning; for those who hear the page, the word. */
export function Ticks({ status }: { status: string }) {
  const word = `status.${status}`;
  const name = isWord(word) ? say(word) : status;
  return (
    <span class={`ticks ${status}`} title={name}>
      {status === 'failed' ? <Icon name="warning" size={14} /> : <Marks status={status} />}
      <span class="unseen">{name}</span>
    </span>
  );
}

const Marks = ({ status }: { status: string }) => (
  <svg viewBox="0 0 18 12" width="18" height="12" aria-hidden="true">
    <path d="M1.5 6.5 4.8 9.8 11 2.5" />
    {['delivered', 'read', 'played'].includes(status) && <path d="M8.5 9.3l.6.5L15.5 2.5" />}
  </svg>
);

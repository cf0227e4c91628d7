import type { ChatLine } from '../dialog360/chat/chat-line.ts';
import type { ChatNote } from '../inspector/trail.ts';
import type { Seen } from './scenario.ts';

const ORDER = ['accepted', 'sent', 'delivered', 'read', 'played'];

/** What the phone got, and what became of what it did not get, in order. */
export function whatWasSeen(lines: readonly ChatLine[], notes: readonly ChatNote[]): Seen[] {
  const replies = lines
    .filter(({ from }) => from === 'business')
    .map((line) => ({
      at: Date.parse(line.at),
      seen: {
        reply: line.text,
        ...(line.type !== 'text' && { type: line.type }),
        became: reached(line.statuses),
      },
    }));
  const others = notes.map(({ at, kind, code }) => ({
    at,
    seen: { note: kind, ...(code !== '' && { code }) },
  }));
  return [...replies, ...others].toSorted((a, b) => a.at - b.at).map(({ seen }) => seen);
}

/** How far a message came; `failed` beats everything. */
const reached = (statuses: string[]): string =>
  statuses.includes('failed')
    ? 'failed'
    : (ORDER.findLast((status) => statuses.includes(status)) ?? '');

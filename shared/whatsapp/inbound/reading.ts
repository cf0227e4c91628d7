import type { InboundItem, UnreadReason } from '../../contract/inbound-item.ts';
import { rawForm } from './raw-form.ts';

export type PayloadVersion = 'v1' | 'v2';

/** What one body's readers share. */
export interface Reading {
  /** True the first time: the same thing twice in one body is one item, and the first wins. */
  isNew(key: string): boolean;
  /** Keeps what cannot be read as evidence, and goes on. */
  unread(reason: UnreadReason, raw: unknown): InboundItem[];
  /** One item for all that `unread` did not keep. */
  rest(): InboundItem[];
}

/** A body of millions of unreadable items must not become millions of queue items. */
const MOST_UNREAD = 100;

export function openReading(): Reading {
  const seen = new Set<string>();
  let unread = 0;
  return {
    isNew(key) {
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    },
    unread(reason, raw) {
      unread += 1;
      return unread > MOST_UNREAD ? [] : [{ kind: 'unread', reason, raw: rawForm(raw) }];
    },
    rest() {
      const count = unread - MOST_UNREAD;
      return count > 0 ? [{ kind: 'unread', reason: 'too-many-unread', raw: { count } }] : [];
    },
  };
}

import type { ChatName } from '../api/chats.ts';

/** Where an item says who the visitor is: that of a message, an echo, a status, a changed number. */
const NAMES = ['from', 'to', 'recipient', 'visitor', 'new'];

/** The visitor that the job of a dead letter is about, by what leads to their chat; null: it names none. */
export function visitorIn(job: unknown): ChatName | null {
  const { item } = Object(job) as { item?: unknown };
  for (const thing of Object.values(Object(item) as Record<string, unknown>)) {
    for (const name of NAMES) {
      const identity = (Object(thing) as Record<string, unknown>)[name];
      const { phone, bsuid } = Object(identity) as { phone?: unknown; bsuid?: unknown };
      if (typeof bsuid === 'string') return { bsuid };
      if (typeof phone === 'string') return { phone };
    }
  }
  return null;
}

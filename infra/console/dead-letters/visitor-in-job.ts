import type { ChatName } from '../api/chats.ts';

/** The visitor that the job of a dead letter is about, by what leads to their chat; null: it names none. */
export function visitorIn(job: unknown): ChatName | null {
  const { item } = Object(job) as { item?: unknown };
  for (const thing of Object.values(Object(item) as Record<string, unknown>)) {
    const { identity } = Object(thing) as { identity?: unknown };
    const { phone, bsuid } = Object(identity) as { phone?: unknown; bsuid?: unknown };
    if (typeof bsuid === 'string') return { bsuid };
    if (typeof phone === 'string') return { phone };
  }
  return null;
}

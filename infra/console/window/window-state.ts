// The 24 hours in which the visitor can be answered freely, as the product has them.
import { signal } from '@preact/signals';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { admin } from '../api/admin.ts';
import { Refused } from '../api/call.ts';
import { isBsuid } from '../phone/visitors.ts';

/** Null: the visitor has not written, so there is no chat. */
export const chatView = signal<ChatView | null>(null);

/** Asks the product how the chat with a visitor stands. Null: it knows of none. */
export async function findWindow(channelId: string, person: string): Promise<ChatView | null> {
  const name = isBsuid(person) ? { bsuid: person } : { phone: person };
  try {
    return (await admin.findChat(channelId, name)).body;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return null;
  }
}

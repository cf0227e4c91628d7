import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { admin } from '../api/admin.ts';
import { Refused } from '../api/call.ts';
import { isBsuid } from '../phone/visitors.ts';

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

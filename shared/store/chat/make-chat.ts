import type { Chat } from '../../contract/chat.ts';
import type { Table } from '../table.ts';
import { type ChatPlace, change, upsert } from './chat-upsert.ts';
import { inStep } from './keep-names.ts';

/**
 * PROTOCOLS 12.2: makes a chat with a visitor who never wrote. A chat that is there stays as it is.
 * Null: it was erased, or its time is over.
 */
export async function makeChat(table: Table, place: ChatPlace): Promise<Chat | null> {
  return inStep(table, await upsert(table, place, change(place, {}, { goesBy: place })));
}

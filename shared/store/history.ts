// What was said in a chat, an item for each message, where the channel keeps a history: PROTOCOLS 29.
import { type KeptEntry, LONGEST_SAID } from '../contract/history.ts';
import { expiry, HISTORY_DAYS, historyKey, historyOf, isExpired, type Key } from './keys.ts';
import { deleteItem, putItem, queryNewest, type Table, updateItem } from './table.ts';

/** Whose history it is. */
export interface HistoryOf {
  channelId: string;
  chatId: string;
}

/** Which entry: its time, epoch milliseconds, and an id that is the same for every repeat. */
export interface EntryPlace extends HistoryOf {
  at: number;
  id: string;
}

const keyOf = ({ channelId, chatId, at, id }: EntryPlace): Key =>
  historyKey(channelId, chatId, at, id);

type Item = Key & Partial<KeptEntry> & { at: number; turn_id: string; expires_at?: number };

/** PROTOCOLS 29.1 to 29.3: keeps what was said. What was taken back before stays so. */
export async function keepEntry(
  table: Table,
  place: EntryPlace,
  entry: Omit<KeptEntry, 'at'>,
): Promise<void> {
  const text = entry.text.slice(0, LONGEST_SAID).toWellFormed();
  await putItem(
    table,
    { ...keyOf(place), ...entry, text, at: place.at, ...expiry(place.at, HISTORY_DAYS) },
    { condition: 'attribute_not_exists(#pk)' },
  );
}

/** PROTOCOLS 29.4: a reply failed after all. Its place stays, empty, so that no repeat says it again. */
export async function takeBackEntry(table: Table, place: EntryPlace): Promise<void> {
  await updateItem(table, keyOf(place), {
    update:
      'SET #at = :at, #turn_id = :id, #expires_at = :expires REMOVE #text, #from, #kind, #event_id',
    values: {
      ':at': place.at,
      ':id': place.id,
      ':expires': expiry(place.at, HISTORY_DAYS).expires_at,
    },
  });
}

/** PROTOCOLS 34.4: what a voice note says. What is not there is not made. */
export async function wordEntry(table: Table, place: EntryPlace, text: string): Promise<void> {
  await updateItem(table, keyOf(place), {
    update: 'SET #text = :text',
    condition: 'attribute_exists(#from)',
    values: { ':text': text.slice(0, LONGEST_SAID).toWellFormed() },
  });
}

/** PROTOCOLS 32.5a: a message is answered in the turn of a newer one. What is not there is not made. */
export async function joinTurn(table: Table, place: EntryPlace, eventId: string): Promise<void> {
  await updateItem(table, keyOf(place), {
    update: 'SET #turn_id = :turn, #event_id = :turn',
    condition: 'attribute_exists(#from)',
    values: { ':turn': eventId },
  });
}

/** The chat was erased meanwhile: nothing is left of what was kept for it. */
export async function removeEntry(table: Table, place: EntryPlace): Promise<void> {
  await deleteItem(table, keyOf(place));
}

/** The newest entries of a chat, the newest first. Read consistently. */
export async function newestEntries(
  table: Table,
  { channelId, chatId }: HistoryOf,
  { limit, now }: { limit: number; now: number },
): Promise<KeptEntry[]> {
  const page = await queryNewest<Item>(table, historyOf(channelId, chatId), { limit });
  return page.items.flatMap((item) => entryIn(item, now));
}

/** A page of everything that is kept of a chat, the newest first; `after`: behind the one with this sort key. */
export async function entriesOf(
  table: Table,
  { channelId, chatId }: HistoryOf,
  { after, now }: { after: string | null; now: number },
): Promise<{ entries: KeptEntry[]; after: string | null }> {
  const pk = historyOf(channelId, chatId);
  const from = after === null ? undefined : { pk, sk: after };
  const page = await queryNewest<Item>(table, pk, { limit: PAGE, after: from });
  return {
    entries: page.items.flatMap((item) => entryIn(item, now)),
    after: page.after?.sk ?? null,
  };
}

const PAGE = 50;

function entryIn(item: Item, now: number): KeptEntry[] {
  const { pk, sk, expires_at, from, kind, text, ...others } = item;
  if (isExpired(item, now) || from === undefined) return [];
  return [{ ...others, from, kind: kind ?? '', text: text ?? '' }];
}

/** PROTOCOLS 13.6a: nothing of it is left. */
export async function eraseHistory(table: Table, { channelId, chatId }: HistoryOf): Promise<void> {
  const pk = historyOf(channelId, chatId);
  for (let after: Key | undefined; ; ) {
    const page = await queryNewest<Key>(table, pk, { limit: PAGE, after });
    await Promise.all(page.items.map(({ sk }) => deleteItem(table, { pk, sk })));
    if (!page.after) return;
    after = page.after;
  }
}

import type { HistoryEntry, KeptEntry } from '../../contract/history.ts';

/**
 * More than the turns of one chat mostly hold, and few enough for one cheap query. `inBursts`: a turn may have
 * several messages of the visitor's.
 */
export const entriesToRead = (turns: number, inBursts: boolean): number =>
  30 + turns * (inBursts ? 12 : 6);

/** The most words an event tells of what was said before, in UTF-16 units. */
const MOST_WORDS = 131_072;

/**
 * The last turns of a chat, the oldest entry first. `newest`: what is kept, in any order. What belongs to
 * one of `without` is the event's own and left out.
 */
export function lastTurns(newest: KeptEntry[], turns: number, without: Set<string>): KeptEntry[] {
  const counted = new Set<string>();
  const told: KeptEntry[] = [];
  let words = 0;
  for (const entry of newest.toSorted((a, b) => b.at - a.at)) {
    if (without.has(entry.turn_id)) continue;
    counted.add(entry.turn_id);
    words += entry.text.length;
    if (counted.size > turns || words > MOST_WORDS) break;
    told.push(entry);
  }
  return told.reverse();
}

/** As the agent gets it. */
export const historyEntry = ({ at, turn_id: _, ...entry }: KeptEntry): HistoryEntry => ({
  from: entry.from,
  at: new Date(at).toISOString(),
  kind: entry.kind,
  text: entry.text,
  ...(entry.event_id !== undefined && { event_id: entry.event_id }),
  ...(entry.message_id !== undefined && { message_id: entry.message_id }),
  ...(entry.reply_id !== undefined && { reply_id: entry.reply_id }),
});

import type { DeadLetter } from '../../../shared/contract/dead-letter.ts';
import type { Story } from '../../../shared/contract/trace-answer.ts';
import type { Turn } from '../../../shared/contract/turn.ts';
import { letterSummary } from '../../../shared/rules/dead-letter/letter-view.ts';
import type { HeldChat } from '../../../shared/store/chat/held-chat.ts';
import { findDeadLetter, lettersAbout } from '../../../shared/store/dead-letters.ts';
import type { ChannelsDeps } from '../deps.ts';

/** A page of letters is up to a megabyte that was read: a channel in great trouble has more than are told. */
const MOST_PAGES = 5;

interface Wanted {
  held: HeldChat | null;
  turns: Turn[];
  stories: Story[];
  /** Every letter about the visitor, or those of the stories alone. */
  all: boolean;
}

/** What was given up of these stories, the oldest first. */
export async function lettersInTrace(
  { table, now }: Pick<ChannelsDeps, 'table' | 'now'>,
  channelId: string,
  { held, turns, stories, all }: Wanted,
): Promise<DeadLetter[]> {
  const ids = new Set(
    stories.flatMap((story) => [
      story.trace_id,
      ...story.turns.map(({ event_id }) => event_id),
      ...story.replies.map(({ reply_id }) => reply_id),
    ]),
  );
  const letters = new Map<string, DeadLetter>();
  const keep = (letter: DeadLetter | null) => letter && letters.set(letter.id, letter);
  for (const { outcome, event_id: id } of turns) {
    if (!ids.has(id) || outcome?.kind !== 'failed' || outcome.letter_at === undefined) continue;
    keep(await findDeadLetter(table, { channel_id: channelId, at: outcome.letter_at, id }, now()));
  }
  let after: string | null = null;
  for (let page = 0; held && page < MOST_PAGES; page++) {
    const found = await lettersAbout(table, channelId, held.names, { after, now: now() });
    for (const letter of found.letters) {
      const { event_id, reply_id } = letterSummary(letter);
      if (all || ids.has(event_id ?? '') || ids.has(reply_id ?? '')) keep(letter);
    }
    after = found.after;
    if (after === null) break;
  }
  return [...letters.values()].toSorted((a, b) => a.at - b.at);
}

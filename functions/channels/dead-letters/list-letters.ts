// One channel's letters, or those of all channels, partition by partition.
import type { DeadLetter } from '../../../shared/contract/dead-letter.ts';
import type { LetterList } from '../../../shared/contract/letter-view.ts';
import { requestInvalid } from '../../../shared/kernel/request-invalid.ts';
import { letterSummary } from '../../../shared/rules/dead-letter/letter-view.ts';
import { pageOfChannels } from '../../../shared/store/channel/channels.ts';
import { lettersOf } from '../../../shared/store/dead-letters.ts';
import type { ChannelsDeps } from '../deps.ts';
import { existing } from '../load-channel.ts';
import { notOurs } from '../route.ts';
import { NO_CHANNEL } from './load-letter.ts';

/** A page looks at so many channels at most, and goes on to no further one once it has so many letters. */
const MOST_CHANNELS = 25;
const ENOUGH_LETTERS = 100;

interface Wanted {
  channelId?: string | undefined;
  code?: string | undefined;
  next?: string | undefined;
}

/** Where a page begins: in a channel, behind a letter. `created_at`: '' for those without a channel. */
interface Position {
  id: string;
  created_at: string;
  after: string | null;
}

/**
 * A page of dead letters: of a channel the oldest first, of all channels one channel after the other. Throws
 * `request-invalid`, `channel-unknown`.
 */
export async function listLetters(
  deps: Pick<ChannelsDeps, 'table' | 'now'>,
  { channelId, code, next }: Wanted,
): Promise<LetterList> {
  // A program whose variable is empty would else have all letters listed, and drop them.
  if (code === '') throw requestInvalid([{ path: 'code', detail: 'must not be empty' }]);
  const from = next === undefined ? null : readPosition(next);
  const page = (id: string, after: string | null) =>
    lettersOf(deps.table, id, { after, code: code ?? null, now: deps.now() });
  if (channelId !== undefined) {
    if (channelId !== NO_CHANNEL) await existing(deps, channelId);
    const { letters, after } = await page(channelId, from?.after ?? null);
    return answer(letters, after === null ? null : { id: channelId, created_at: '', after });
  }
  const letters: DeadLetter[] = [];
  let at: Position = from ?? { id: NO_CHANNEL, created_at: '', after: null };
  const channels = await channelsBehind(deps, at);
  for (;;) {
    const found = await page(at.id, at.after);
    letters.push(...found.letters);
    if (found.after !== null) return answer(letters, { ...at, after: found.after });
    const following = channels.shift();
    if (!following) return answer(letters, null);
    at = { ...following, after: null };
    if (letters.length >= ENOUGH_LETTERS || channels.length === 0) return answer(letters, at);
  }
}

/** The channels that follow in the list, so many that a page ends with one of them. */
async function channelsBehind(
  { table, now }: Pick<ChannelsDeps, 'table' | 'now'>,
  { id, created_at }: Position,
): Promise<{ id: string; created_at: string }[]> {
  for (let cursor = id === NO_CHANNEL ? null : { id, created_at }; ; ) {
    const page = await pageOfChannels(table, { limit: MOST_CHANNELS, cursor, now: now() });
    const { channels, next } = page;
    // Creations that are under way are in the list as well, and no channels yet.
    if (channels.length > 0 || next === null) {
      return channels.map((channel) => ({ id: channel.id, created_at: channel.created_at }));
    }
    cursor = next;
  }
}

const answer = (letters: DeadLetter[], next: Position | null): LetterList => ({
  dead_letters: letters.map(letterSummary),
  next: next && writePosition(next),
});

const writePosition = ({ id, created_at, after }: Position): string =>
  Buffer.from([id, created_at, after ?? ''].join(' ')).toString('base64url');

function readPosition(next: string): Position {
  const [, id, created_at, after] =
    Buffer.from(next, 'base64url')
      .toString()
      .match(/^(ch_[0-9a-f]{20}|unknown) ([\d:.TZ-]{24}|) ([\d:.TZ+-]{24,32}#[\w-]+|)$/) ?? [];
  if (id === undefined || created_at === undefined || after === undefined) return notOurs('next');
  return { id, created_at, after: after || null };
}

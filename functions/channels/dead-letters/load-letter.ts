import type { Channel } from '../../../shared/contract/channel.ts';
import type { DeadLetter } from '../../../shared/contract/dead-letter.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { readLetterId } from '../../../shared/rules/dead-letter/letter-id.ts';
import { findDeadLetter } from '../../../shared/store/dead-letters.ts';
import type { ChannelsDeps } from '../deps.ts';
import { existing } from '../load-channel.ts';

/** Where letters stand of which not even the channel could be read. */
export const NO_CHANNEL = 'unknown';

/**
 * A dead letter with its words; no channel: not even that could be read of its job. Throws `dead-letter-unknown`, also for one whose 14 days are over, and
 * `channel-unknown` for one of a deleted channel: what that knew is being erased.
 */
export async function loadLetter(
  deps: Pick<ChannelsDeps, 'table' | 'now'>,
  id: string,
): Promise<{ letter: DeadLetter; channel: Channel | null }> {
  const place = readLetterId(id);
  if (!place) throw new Failure('dead-letter-unknown', { detail: NO_ID });
  const { channel_id: channelId } = place;
  const channel = channelId === NO_CHANNEL ? null : await existing(deps, channelId);
  const letter = await findDeadLetter(deps.table, place, deps.now());
  if (!letter) throw letterUnknown();
  return { letter, channel };
}

const NO_ID =
  'This is no id of a dead letter, which begins with its channel: the list of dead letters has them.';

export const letterUnknown = () =>
  new Failure('dead-letter-unknown', {
    detail: 'It was redriven, dropped or erased, or its 14 days are over.',
  });

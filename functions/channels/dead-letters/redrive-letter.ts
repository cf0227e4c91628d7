// Read the letter → may its job be done again? → mark it → reopen the turn or the reply → queue → remove it.
import type { LetterSummary } from '../../../shared/contract/letter-view.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';
import { letterJob } from '../../../shared/rules/dead-letter/letter-job.ts';
import {
  isRedrivable,
  letterSummary,
  turnIn,
} from '../../../shared/rules/dead-letter/letter-view.ts';
import { markRedrive, removeRedriven } from '../../../shared/store/dead-letters.ts';
import type { ChannelsDeps } from '../deps.ts';
import { newId } from '../new-id.ts';
import { groupOf } from './group-of.ts';
import { letterUnknown, loadLetter } from './load-letter.ts';
import { notRedrivable } from './not-redrivable.ts';
import { queueAgain } from './queue-again.ts';
import { lostReply, lostTurn, NOTHING_LOST } from './reopen.ts';

/**
 * PROTOCOLS 28: has the job of a dead letter done once more, behind whatever waits for its chat. Throws
 * `dead-letter-unknown` (also for one that was redriven already), `not-redrivable`, `channel-inactive`,
 * `channel-held`, `channel-unknown`, `chat-unknown`; then nothing is queued, and the letter stays.
 */
export async function redriveLetter(deps: ChannelsDeps, id: string): Promise<LetterSummary> {
  const { letter, channel } = await loadLetter(deps, id);
  const known = letterJob(letter);
  if (!known || !channel) throw notRedrivable('This version cannot read its job.');
  if (!isRedrivable(known)) {
    throw notRedrivable('360dialog posted it in a form that could not be read, then or now.');
  }
  if (!channel.active) {
    throw new Failure('channel-inactive', { detail: 'Activate the channel and redrive it then.' });
  }
  if (channel.hold && known.queue === 'inbound') {
    throw new Failure('channel-held', { detail: 'Resume the channel and redrive it then.' });
  }
  const group = await groupOf(deps, known);
  const eventId = turnIn(letter);
  const lost =
    eventId !== null
      ? await lostTurn(deps, letter, eventId)
      : known.queue === 'outbound' && known.job.kind === 'reply'
        ? await lostReply(deps, letter, { job: known.job, channel })
        : NOTHING_LOST;
  const mark = newId('rd', deps);
  if (!(await markRedrive(deps.table, letter, mark))) throw letterUnknown();
  await queueAgain(deps, letter, known, { group, redriven: await lost.reopen() });
  await removeRedriven(deps.table, letter, mark);
  count('dead-letter-redriven');
  const summary = letterSummary(letter);
  const { queue, code, chat_id, event_id, reply_id } = summary;
  log.info('dead-letter-redriven', { letter_id: id, queue, code, chat_id, event_id, reply_id });
  return summary;
}

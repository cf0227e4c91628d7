import type { DeadLetter } from '../../contract/dead-letter.ts';
import type { LetterSummary, LetterView } from '../../contract/letter-view.ts';
import { letterId } from './letter-id.ts';
import { type LetterJob, letterJob } from './letter-job.ts';
import { whyGivenUp } from './why-given-up.ts';

const EVENT_ID = /^evt_[0-9a-f]{32}$/;

/** A letter as a list shows it: what it is about by ids, never by words, names or numbers of people. */
export function letterSummary(letter: DeadLetter): LetterSummary {
  const known = letterJob(letter);
  const { why, whatToDo } = whyGivenUp(letter.code);
  return {
    id: letterId(letter),
    channel_id: letter.channel_id,
    queue: letter.queue,
    about: known && aboutOf(known),
    code: letter.code,
    reason: letter.reason,
    why,
    what_to_do: whatToDo,
    redrivable: known !== null && isRedrivable(known),
    attempts: letter.attempts,
    at: new Date(letter.at).toISOString(),
    event_id: turnIn(letter),
    chat_id: idIn(known?.job, 'chat_id'),
    reply_id: idIn(known?.job, 'reply_id'),
  };
}

/** One letter, with its words. */
export const letterView = (letter: DeadLetter): LetterView => ({
  ...letterSummary(letter),
  job: letter.job,
});

/** The turn that is lost with a letter; null: it is about no turn, or the turn has an answer. */
export const turnIn = ({ id }: Pick<DeadLetter, 'id'>): string | null =>
  EVENT_ID.test(id) ? id : null;

/** What could not be read when it came can be read no better now. */
export const isRedrivable = ({ queue, job }: LetterJob): boolean =>
  queue !== 'inbound' || job.item.kind !== 'unread';

const aboutOf = ({ queue, job }: LetterJob): string =>
  queue === 'inbound' ? job.item.kind : job.kind;

/** Of a job that names a chat or a reply, or holds something that does. */
function idIn(job: object | undefined, name: 'chat_id' | 'reply_id'): string | null {
  const { item, news } = (job ?? {}) as { item?: object; news?: object };
  const { request, notification } = (item ?? {}) as { request?: object; notification?: object };
  for (const place of [job, news, request, notification]) {
    const id = (place as Record<string, unknown> | undefined)?.[name];
    if (typeof id === 'string') return id;
  }
  return null;
}

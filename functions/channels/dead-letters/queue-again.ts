import type { DeadLetter } from '../../../shared/contract/dead-letter.ts';
import { hashOf } from '../../../shared/kernel/hash.ts';
import { enqueue, enqueueJobs } from '../../../shared/queues/queue.ts';
import type { LetterJob } from '../../../shared/rules/dead-letter/letter-job.ts';
import type { ChannelsDeps } from '../deps.ts';

/** PROTOCOLS 28.3. `redriven`: of the turn, where the letter is about one. */
export function queueAgain(
  { queues }: Pick<ChannelsDeps, 'queues'>,
  letter: DeadLetter,
  { queue, job }: LetterJob,
  { group, redriven = 0 }: { group: string | null; redriven?: number | undefined },
): Promise<void> {
  const { channel_id, id, at } = letter;
  const deduplicationId = hashOf(channel_id, id, at, 'redrive', redriven);
  // A FIFO queue takes nothing without a group; what needs no order gets one of its own.
  const place = { group: group ?? deduplicationId, deduplicationId };
  switch (queue) {
    case 'inbound':
      return enqueue(queues.inbound, [{ job, ...place }]);
    case 'outbound':
      return enqueue(queues.outbound, [{ job, ...place }]);
    case 'statuses':
      return enqueueJobs(queues.statuses, [job]);
    case 'news':
      return enqueueJobs(queues.news, [job]);
  }
}

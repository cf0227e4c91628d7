import type { Channel } from '../../shared/contract/channel.ts';
import type { PaymentJob } from '../../shared/contract/jobs.ts';
import { enqueueJobs } from '../../shared/queues/queue.ts';
import { wantsEvent } from '../../shared/rules/agent-event/event-wanted.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { StatusesDeps } from './deps.ts';

/** What became of a payment moves no delivery: it is news for an agent that wants it. */
export async function passOnPayment(
  { queues }: StatusesDeps,
  channel: Channel,
  job: PaymentJob,
): Promise<JobEnd> {
  if (wantsEvent(channel.agent.events, 'payment')) await enqueueJobs(queues.news, [job]);
  return 'done';
}

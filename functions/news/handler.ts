import { type NewsJob, newsJobSchema } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import type { CallGates } from '../chain/call-gate.ts';
import { type JobEnd, queueHandler } from '../chain/queue.ts';
import type { NewsDeps } from './deps.ts';
import { tellDelivery } from './tell-delivery.ts';
import { tellHandover } from './tell-handover.ts';
import { tellPayment } from './tell-payment.ts';

/** Works on `news`, one job at a time in any order: what the agent is told and need not answer. */
export const newsHandler = ({ gates, ...deps }: Omit<NewsDeps, 'gate'> & { gates: CallGates }) =>
  queueHandler(
    { ...deps, name: 'news', queue: deps.queues.news },
    {
      story: (job, receipt) => workOn({ ...deps, gate: gates(receipt) }, parse(newsJobSchema, job)),
    },
  );

async function workOn(deps: NewsDeps, job: NewsJob): Promise<JobEnd> {
  // As it is now: the agent is told with today's secret, and a channel deleted meanwhile has none.
  const channel = await findChannel(deps.table, job.channel_id, {
    consistent: true,
    now: deps.now(),
  });
  if (!channel || channel.deleted_at) {
    count('news-dropped');
    log.warn('news-dropped', { channel_id: job.channel_id, kind: job.kind });
    return 'done';
  }
  const waitMs = await deps.gate.turnAway(channel, 'agent');
  if (waitMs !== null) return { waitMs };
  switch (job.kind) {
    case 'handover':
      return tellHandover(deps, channel, job);
    case 'payment':
      return tellPayment(deps, channel, job);
    case 'delivery-news':
      return tellDelivery(deps, { channel, chatId: job.chat_id, news: job.news });
  }
}

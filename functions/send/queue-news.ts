import type { Channel } from '../../shared/contract/channel.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import type { DeliveryNews } from '../../shared/contract/delivery-news.ts';
import type { StatusJob } from '../../shared/contract/jobs.ts';
import { enqueueJobs } from '../../shared/queues/queue.ts';
import { wantsDelivery } from '../../shared/rules/agent-event/event-wanted.ts';
import type { SendDeps } from './deps.ts';

/**
 * Queues what the agent wants to hear of a reply, with whatever else is to be done about it. Repeating
 * it is harmless: whoever tells the agent looks at what it has heard already.
 */
export async function queueNews(
  { queues }: SendDeps,
  channel: Channel,
  { channel_id, chat_id, fallback_for }: Delivery,
  news: DeliveryNews[],
  more: StatusJob[] = [],
): Promise<void> {
  // How a fallback template ended is said with the reply it went for.
  const wanted = news.filter(
    ({ status }) => fallback_for === undefined && wantsDelivery(channel.agent.events, status),
  );
  const jobs = wanted.map(
    (one): StatusJob => ({ kind: 'delivery-news', channel_id, chat_id, news: one }),
  );
  if (jobs.length + more.length === 0) return;
  await enqueueJobs(queues.statuses, [...jobs, ...more]);
}

import type { DeliveryNews } from '../../../shared/contract/delivery.ts';
import type { StatusJob } from '../../../shared/contract/jobs.ts';
import { enqueueJobs } from '../../../shared/queues/queue.ts';
import { wantsDelivery } from '../../../shared/rules/agent-event/event-wanted.ts';
import type { OpenReply } from '../sending.ts';

/**
 * Queues what the agent wants to hear of a reply, with whatever else is to be done about it. Repeating
 * it is harmless: the news function looks at what the agent has heard already.
 */
export async function queueNews(
  { visit, delivery }: OpenReply,
  news: DeliveryNews[],
  more: StatusJob[] = [],
): Promise<void> {
  const { deps, channel } = visit;
  const { channel_id, chat_id, fallback_for } = delivery.state;
  // How a fallback template ended is said with the reply it went for.
  const wanted = news.filter(
    ({ status }) => fallback_for === undefined && wantsDelivery(channel.agent.events, status),
  );
  const jobs = wanted.map(
    (one): StatusJob => ({ kind: 'delivery-news', channel_id, chat_id, news: one }),
  );
  if (jobs.length + more.length === 0) return;
  await enqueueJobs(deps.queues.statuses, [...jobs, ...more]);
}

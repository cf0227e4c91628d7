import type { Channel } from '../../shared/contract/channel.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import type { StatusJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { enqueue } from '../../shared/queues/queue.ts';
import { endNews } from '../../shared/rules/delivery-news.ts';
import { wantsDelivery } from '../../shared/rules/event-wanted.ts';
import type { SendDeps } from './deps.ts';

/**
 * Queues what the agent wants to hear of a reply that has ended. Repeating it is harmless: whoever
 * tells the agent looks at what it has heard already.
 */
export async function reportEnds(
  { queues }: SendDeps,
  channel: Channel,
  delivery: Delivery,
): Promise<void> {
  const news = endNews(delivery);
  for (const { part, status, code } of news) {
    if (status !== 'accepted') count(`reply-${status}`);
    log.info('part-ended', { part, status, code });
  }
  const jobs = news
    .filter(({ status }) => wantsDelivery(channel.agent.events, status))
    .map(
      (one): StatusJob => ({
        kind: 'delivery-news',
        channel_id: delivery.channel_id,
        chat_id: delivery.chat_id,
        news: one,
      }),
    );
  if (jobs.length === 0) return;
  await enqueue(
    queues.statuses,
    jobs.map((job) => ({ body: JSON.stringify(job) })),
  );
}

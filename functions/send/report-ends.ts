import type { Channel } from '../../shared/contract/channel.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import type { StatusJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { endNews } from '../../shared/rules/delivery/delivery-news.ts';
import type { SendDeps } from './deps.ts';
import { queueNews } from './queue-news.ts';

const NOT_SENT = ['refused', 'failed', 'expired'];

/** Says of a reply that has ended, or was parked, what became of it. */
export async function reportEnds(
  deps: SendDeps,
  channel: Channel,
  delivery: Delivery,
): Promise<void> {
  const news = endNews(delivery);
  for (const { part, status, code } of news) {
    if (status !== 'accepted') count(`reply-${status}`);
    log.info(status === 'parked' ? 'part-parked' : 'part-ended', { part, status, code });
  }
  const isDecided = news.some(({ status }) => NOT_SENT.includes(status));
  await queueNews(deps, channel, delivery, news, isDecided ? resultOf(delivery) : []);
}

/** PROTOCOLS 21.2: a notification that will not go has its result. */
const resultOf = ({ channel_id, reply_id, notification }: Delivery): StatusJob[] =>
  notification ? [{ kind: 'notification', channel_id, reply_id, time_up: false }] : [];

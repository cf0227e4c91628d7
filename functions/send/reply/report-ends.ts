import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { StatusJob } from '../../../shared/contract/jobs.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';
import { endNews } from '../../../shared/rules/delivery/delivery-news.ts';
import type { OpenReply } from '../sending.ts';
import { queueNews } from './queue-news.ts';

const NOT_SENT = ['refused', 'failed', 'expired'];

/** Says of a reply that has ended, or was parked, what became of it. */
export async function reportEnds(reply: OpenReply): Promise<void> {
  const { state } = reply.delivery;
  const news = endNews(state);
  for (const { part, status, code } of news) {
    if (status !== 'accepted') count(`reply-${status}`);
    log.info(status === 'parked' ? 'part-parked' : 'part-ended', { part, status, code });
  }
  const isDecided = news.some(({ status }) => NOT_SENT.includes(status));
  await queueNews(reply, news, isDecided ? resultOf(state) : []);
}

/** PROTOCOLS 21.2: a notification that will not go has its result. */
const resultOf = ({ channel_id, reply_id, notification }: Delivery): StatusJob[] =>
  notification ? [{ kind: 'notification', channel_id, reply_id, time_up: false }] : [];

// What the agent hears of a reply from the sender. What statuses say later is for the function `statuses`.
import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { DeliveryNews } from '../../../shared/contract/delivery-news.ts';
import type { NewsJob, StatusJob } from '../../../shared/contract/jobs.ts';
import { providerWords } from '../../../shared/dialog360/provider-words.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';
import { enqueueJobs } from '../../../shared/queues/queue.ts';
import { wantsDelivery } from '../../../shared/rules/agent-event/event-wanted.ts';
import { endNews, releaseNews } from '../../../shared/rules/delivery/delivery-news.ts';
import type { OpenReply } from '../sending.ts';

const NOT_SENT = ['refused', 'failed', 'expired'];

/** Says of a reply that has ended, or was parked, what became of it. */
export async function reportEnds(reply: OpenReply): Promise<void> {
  const { state } = reply.delivery;
  const news = endNews(state);
  for (const { part, status, code, reason } of news) {
    if (status !== 'accepted') count(`reply-${status}`);
    const said = reason === undefined ? null : providerWords({ detail: reason });
    const facts = { part, status, code, ...(said && { reason: said }), chat_id: state.chat_id };
    log.info(status === 'parked' ? 'part-parked' : 'part-ended', facts);
  }
  const isDecided = news.some(({ status }) => NOT_SENT.includes(status));
  await queueNews(reply, news, isDecided ? resultOf(state) : []);
}

/** Says of a parked reply that it waits for the visitor no longer. */
export const reportRelease = (reply: OpenReply): Promise<void> =>
  queueNews(reply, releaseNews(reply.delivery.state), []);

/** PROTOCOLS 21.2: a notification that will not go has its result. */
const resultOf = ({ channel_id, reply_id, notification }: Delivery): StatusJob[] =>
  notification ? [{ kind: 'notification', channel_id, reply_id, time_up: false }] : [];

/**
 * Queues the news that the agent wants to hear, with whatever else is to be done about the reply.
 * Repeating it is harmless: the news function looks at what the agent has heard already.
 */
async function queueNews(
  { visit, delivery }: OpenReply,
  news: DeliveryNews[],
  more: StatusJob[],
): Promise<void> {
  const { deps, channel } = visit;
  const { channel_id, chat_id, fallback_for } = delivery.state;
  // How a fallback template ended is said with the reply it went for.
  const wanted = news.filter(
    ({ status }) => fallback_for === undefined && wantsDelivery(channel.agent.events, status),
  );
  const jobs = wanted.map(
    (one): NewsJob => ({ kind: 'delivery-news', channel_id, chat_id, news: one }),
  );
  await Promise.all([enqueueJobs(deps.queues.news, jobs), enqueueJobs(deps.queues.statuses, more)]);
}

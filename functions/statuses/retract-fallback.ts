import type { Channel } from '../../shared/contract/channel.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import type { NewsJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { enqueueJobs } from '../../shared/queues/queue.ts';
import { wantsDelivery } from '../../shared/rules/agent-event/event-wanted.ts';
import {
  fallbackFailedNews,
  withFailedFallback,
} from '../../shared/rules/delivery/delivery-news.ts';
import { forgetFallback } from '../../shared/store/chat/sent-fallback.ts';
import type { PartNews } from '../../shared/store/delivery/advance-part.ts';
import { noteDelivery } from '../../shared/store/delivery/delivery-notes.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import type { StatusesDeps } from './deps.ts';

/**
 * PROTOCOLS 19, late: a fallback template failed after it was accepted, so the visitor was not asked to
 * write, and the next reply may send another. The agent is told under the reply the template went for.
 */
export async function retractFallback(
  { table, queues }: StatusesDeps,
  channel: Channel,
  fallback: Delivery,
  { at, code }: PartNews,
): Promise<void> {
  const { channel_id, chat_id, reply_id, fallback_for: replyId = '' } = fallback;
  count('fallback-template-failed');
  log.warn('fallback-template-failed', { fallback_reply_id: reply_id, code });
  await forgetFallback(table, { channel_id, id: chat_id }, reply_id);
  const reply = await findDelivery(table, channel_id, replyId);
  if (!reply) return;
  const noted = withFailedFallback(reply);
  const [news] = fallbackFailedNews(noted, at);
  if (news && wantsDelivery(channel.agent.events, news.status)) {
    const job: NewsJob = { kind: 'delivery-news', channel_id, chat_id, news };
    await enqueueJobs(queues.news, [job]);
  }
  await noteDelivery(table, reply, { notes: noted.notes });
}

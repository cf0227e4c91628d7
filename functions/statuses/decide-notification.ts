import type { InboundJob, NotificationJob } from '../../shared/contract/jobs.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { enqueue } from '../../shared/queues/queue.ts';
import {
  lookAtResult,
  notificationResult,
} from '../../shared/rules/delivery/notification-result.ts';
import { traceOf } from '../../shared/rules/delivery/trace-of.ts';
import { visitorName } from '../../shared/rules/identity/visitor-name.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { dropLook } from '../chain/drop-look.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { StatusesDeps } from './deps.ts';

/**
 * PROTOCOLS 21.2 and 21.3: looks whether a notification has its result by now, and queues it for the
 * worker, behind what the visitor has said before. Looking again does no harm: one result makes one turn.
 */
export async function decideNotification(
  { table, queues, now }: Pick<StatusesDeps, 'table' | 'queues' | 'now'>,
  { channel_id, reply_id, time_up }: Omit<NotificationJob, 'kind'>,
): Promise<JobEnd> {
  const delivery = await findDelivery(table, channel_id, reply_id);
  const result = delivery && notificationResult(delivery, { timeUp: time_up });
  if (!delivery?.notification || !result) return 'done';
  log.appendKeys({ trace_id: traceOf(delivery) });
  const { notification, chat_id } = delivery;
  const chat = await findChat(table, channel_id, chat_id, { consistent: true });
  if (!chat) return 'done'; // it was erased
  const job: InboundJob = {
    channel_id,
    received_at: now(),
    item: { kind: 'notification-result', notification: { ...notification, chat_id, ...result } },
  };
  await enqueue(queues.inbound, [
    {
      job,
      group: hashOf(channel_id, visitorName(chat)),
      deduplicationId: hashOf(channel_id, job.item.kind, notification.id, 'in'),
    },
  ]);
  const { id } = lookAtResult(delivery, 0);
  if (!time_up) await dropLook(table, { id });
  log.info('notification-decided', { reply_id, result: result.result, final: result.final });
  return 'done';
}

import type { MessageJob } from '../../../shared/contract/jobs.ts';
import { hashOf } from '../../../shared/kernel/hash.ts';
import { enqueue } from '../../../shared/queues/queue.ts';
import { messageEventId } from '../../../shared/rules/agent-event/event-id.ts';
import { itemGroup } from '../../../shared/rules/identity/item-group.ts';
import type { WorkerDeps } from '../deps.ts';

export type BurstJob = MessageJob & { burst: NonNullable<MessageJob['burst']> };

/** PROTOCOLS 32.3: a message that is recorded waits behind itself for those that follow it. */
export async function queueBurst(
  { queues, now }: Pick<WorkerDeps, 'queues' | 'now'>,
  job: MessageJob,
  burst: Omit<BurstJob['burst'], 'queued_at'>,
): Promise<void> {
  const { channel_id: channelId, item } = job;
  const eventId = messageEventId(channelId, item.message.id);
  await enqueue(queues.inbound, [
    {
      job: { ...job, burst: { ...burst, queued_at: now() } },
      group: itemGroup(channelId, item),
      deduplicationId: hashOf(channelId, eventId, 'burst', burst.round),
    },
  ]);
}

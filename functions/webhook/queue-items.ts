import type { InboundItem } from '../../shared/contract/inbound-item.ts';
import type { InboundJob, StatusJob } from '../../shared/contract/jobs.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { type Entry, enqueue, enqueueJobs, type Queues } from '../../shared/queues/queue.ts';
import { itemGroup, type Queued } from '../../shared/rules/identity/item-group.ts';

interface Received {
  channelId: string;
  receivedAt: number;
  withHeader: boolean;
  items: InboundItem[];
}

/** Puts each item where it belongs: what people did in order, statuses in any order, notices in the log. */
export async function queueItems(
  queues: Queues<'inbound' | 'statuses'>,
  { channelId, receivedAt, withHeader, items }: Received,
  signal: AbortSignal,
): Promise<void> {
  const inbound: Entry<InboundJob>[] = [];
  const statuses: StatusJob[] = [];
  for (const item of items) {
    if (item.kind === 'notice') {
      log.info('webhook-notice', { notice: item.name, ...item.facts });
    } else if (item.kind === 'status') {
      statuses.push({
        kind: 'status',
        channel_id: channelId,
        received_at: receivedAt,
        status: item.status,
        with_header: withHeader,
      });
    } else if (item.kind === 'payment') {
      const { payment } = item;
      const place = { channel_id: channelId, received_at: receivedAt };
      statuses.push({ kind: 'payment', ...place, payment });
    } else {
      const job: InboundJob = {
        channel_id: channelId,
        received_at: receivedAt,
        item,
        with_header: withHeader,
      };
      inbound.push({ job, ...placeOf(channelId, item) });
    }
  }
  await Promise.all([
    enqueue(queues.inbound, inbound, signal),
    enqueueJobs(queues.statuses, statuses, signal),
  ]);
  countItems(items);
  log.info('webhook-received', { inbound: inbound.length, statuses: statuses.length });
}

/** The items of one visitor stay in order; SQS takes the same item twice within five minutes as one. */
function placeOf(channelId: string, item: Queued) {
  return {
    group: itemGroup(channelId, item),
    deduplicationId: hashOf(channelId, item.kind, idIn(item), 'in'),
  };
}

/** What two items that are the same have in common. */
function idIn(item: Queued): string {
  switch (item.kind) {
    case 'message':
    case 'human-message':
      return item.message.id;
    case 'identity-change':
    case 'control-change':
      return item.change.id;
    case 'preference':
      return item.preference.id;
    case 'call':
      return item.call.id;
    case 'unread':
      return hashOf(JSON.stringify(item.raw) ?? '');
  }
}

function countItems(items: InboundItem[]): void {
  const counts = new Map<string, number>();
  for (const item of items) {
    const name = item.kind === 'notice' ? `notice-${item.name}` : item.kind;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, times] of counts) count(`webhook-${name}`, times);
}

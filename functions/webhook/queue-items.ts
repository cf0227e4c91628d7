import type { InboundItem } from '../../shared/contract/inbound-item.ts';
import type { InboundJob, StatusJob } from '../../shared/contract/jobs.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import type { QueueEntry } from '../../shared/queues/lanes.ts';
import { enqueue, type Queue } from '../../shared/queues/queue.ts';

interface Received {
  channelId: string;
  receivedAt: number;
  items: InboundItem[];
}

/** Each item to its queue: what people did in order, statuses in any, notices to the log. */
export async function queueItems(
  queues: { inbound: Queue; statuses: Queue },
  { channelId, receivedAt, items }: Received,
  signal: AbortSignal,
): Promise<void> {
  const inbound: QueueEntry[] = [];
  const statuses: QueueEntry[] = [];
  for (const item of items) {
    if (item.kind === 'notice') {
      log.info('webhook-notice', { notice: item.name, ...item.facts });
    } else if (item.kind === 'status') {
      const job: StatusJob = {
        kind: 'status',
        channel_id: channelId,
        received_at: receivedAt,
        status: item.status,
      };
      statuses.push({ body: JSON.stringify(job) });
    } else {
      const job: InboundJob = { channel_id: channelId, received_at: receivedAt, item };
      inbound.push({ body: JSON.stringify(job), ...placeOf(channelId, item) });
    }
  }
  countItems(items);
  await Promise.all([
    enqueue(queues.inbound, inbound, signal),
    enqueue(queues.statuses, statuses, signal),
  ]);
  log.info('webhook-received', { inbound: inbound.length, statuses: statuses.length });
}

type Queued = Exclude<InboundItem, { kind: 'notice' | 'status' }>;

/** One person's items stay in order; the same item twice within five minutes is one. */
function placeOf(channelId: string, item: Queued) {
  const { id, whose } = originOf(item);
  return {
    group: hashOf(channelId, whose),
    deduplicationId: hashOf(channelId, item.kind, id, 'in'),
  };
}

/** The BSUID first: it stays when the phone is withheld. */
const nameOf = ({ bsuid, phone }: { bsuid: string | null; phone: string | null }) =>
  bsuid ?? phone ?? '';

function originOf(item: Queued): { id: string; whose: string } {
  switch (item.kind) {
    case 'message':
      return { id: item.message.id, whose: nameOf(item.message.from) };
    case 'human-message':
      return { id: item.message.id, whose: nameOf(item.message.to) };
    case 'identity-change':
      return { id: item.change.id, whose: nameOf(item.change.old) };
    case 'preference':
      return { id: item.preference.id, whose: nameOf(item.preference.from) };
    case 'call':
      return { id: item.call.id, whose: nameOf(item.call.from) };
    case 'unread': {
      const id = hashOf(JSON.stringify(item.raw) ?? '');
      return { id, whose: id };
    }
  }
}

function countItems(items: InboundItem[]): void {
  const counts = new Map<string, number>();
  for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  for (const [kind, times] of counts) count(`webhook-${kind}`, times);
}

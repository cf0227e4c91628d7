import type { InboundItem } from '../../shared/contract/inbound-item.ts';
import type { InboundJob, StatusJob } from '../../shared/contract/jobs.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { type Entry, enqueue, enqueueJobs, type Queues } from '../../shared/queues/queue.ts';
import { eventIdOf } from '../../shared/rules/agent-event/event-id.ts';
import { traceInCallback } from '../../shared/rules/delivery/callback-data.ts';
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
  const traces = tracesOf(channelId, items);
  // Before they are queued: what fails then is found under them, too.
  log.appendKeys({ trace_ids: traces.slice(0, MOST_IN_LINE) });
  await Promise.all([
    enqueue(queues.inbound, inbound, signal),
    enqueueJobs(queues.statuses, statuses, signal),
  ]);
  countItems(items);
  log.info('webhook-received', { inbound: inbound.length, statuses: statuses.length });
  for (let from = MOST_IN_LINE; from < traces.length; from += MOST_IN_LINE) {
    log.info('webhook-received-more', { trace_ids: traces.slice(from, from + MOST_IN_LINE) });
  }
}

/** As many ids as one line of the log names. A body may hold thousands of messages. */
const MOST_IN_LINE = 100;

/** What the log has about each item stands under one of these ids: docs/contract.md#one-id-for-the-whole-way. */
function tracesOf(channelId: string, items: InboundItem[]): string[] {
  const traces = items.map((item) => {
    const about =
      item.kind === 'status' ? item.status : item.kind === 'payment' ? item.payment : null;
    return traceInCallback(about?.callback ?? null) ?? eventIdOf(channelId, item);
  });
  return [...new Set(traces.filter((traceId) => traceId !== null))];
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

import type { InboundJob } from '../../shared/contract/jobs.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import { writeDeadLetter } from '../../shared/store/dead-letters.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';

type UnreadJob = InboundJob & { item: Extract<InboundJob['item'], { kind: 'unread' }> };

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * An item that could not be read is kept as a dead letter, so that the operator can look up what it was.
 * Of a deleted channel nothing is kept: its erasure may be over (PROTOCOLS 26).
 */
export async function keepUnread({ table, now }: WorkerDeps, job: UnreadJob): Promise<JobEnd> {
  const channel = await findChannel(table, job.channel_id, { consistent: true });
  if (channel?.deleted_at) return 'done';
  const id = hashOf(job.channel_id, JSON.stringify(job.item.raw) ?? '');
  await writeDeadLetter(
    table,
    {
      channel_id: job.channel_id,
      id,
      queue: 'inbound',
      code: 'item-unread',
      reason: job.item.reason,
      attempts: 1,
      job,
      // Rounded to the day: a repeat of the provider's makes the same letter, and the list stays in order.
      at: Math.floor(job.received_at / DAY_MS) * DAY_MS,
    },
    now(),
  );
  count('item-unread');
  log.warn('item-unread', { channel_id: job.channel_id, reason: job.item.reason, letter_id: id });
  return 'done';
}

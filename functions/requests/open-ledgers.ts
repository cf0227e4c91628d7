import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { ownId } from '../../shared/rules/reply-jobs.ts';
import { openDelivery } from '../../shared/store/deliveries.ts';
import type { RequestsDeps } from './deps.ts';

/** PROTOCOLS 12.6: who asks for a reply from now on finds that it waits. */
export async function openLedgers(
  { table, now }: Pick<RequestsDeps, 'table' | 'now'>,
  jobs: ReplyJob[],
): Promise<void> {
  await Promise.all(
    jobs.map((job) =>
      openDelivery(
        table,
        {
          channel_id: job.channel_id,
          reply_id: job.reply_id,
          id: ownId(job.reply),
          event_id: job.event_id,
          turn_id: job.turn_id,
          index: job.index,
          chat_id: job.chat_id,
          accepted_at: job.accepted_at,
          automatic: job.automatic,
          ...(job.notification && { notification: job.notification }),
          queued: true,
          parts: {},
          part_count: 0,
          notes: [],
        },
        now(),
      ),
    ),
  );
}

import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { ledgerOf } from '../../shared/rules/reply-jobs.ts';
import { openDelivery } from '../../shared/store/deliveries.ts';
import type { RequestsDeps } from './deps.ts';

/** PROTOCOLS 12.6: who asks for a reply from now on finds that it waits. */
export async function openLedgers(
  { table, now }: Pick<RequestsDeps, 'table' | 'now'>,
  jobs: ReplyJob[],
): Promise<void> {
  await Promise.all(
    jobs.map((job) => openDelivery(table, { ...ledgerOf(job), queued: true }, now())),
  );
}

import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { deliveryOf } from '../../../shared/rules/delivery/reply-jobs.ts';
import { openDelivery } from '../../../shared/store/delivery/open-delivery.ts';
import type { RequestsDeps } from '../deps.ts';

/** PROTOCOLS 12.6: opens the delivery of each reply. A caller that asks for it now learns that it waits. */
export async function openDeliveries(
  { table, now }: Pick<RequestsDeps, 'table' | 'now'>,
  jobs: ReplyJob[],
): Promise<void> {
  await Promise.all(
    jobs.map((job) => openDelivery(table, { ...deliveryOf(job), queued: true }, now())),
  );
}

import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { deliveryOf } from '../../../shared/rules/delivery/reply-jobs.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import type { RequestsDeps } from '../deps.ts';

/** PROTOCOLS 12.6: opens the delivery of each reply. A caller that asks for it now learns that it waits. */
export async function insertDeliveries(
  { table, now }: Pick<RequestsDeps, 'table' | 'now'>,
  jobs: ReplyJob[],
): Promise<void> {
  await Promise.all(
    jobs.map((job) => insertDelivery(table, { ...deliveryOf(job), queued: true }, now())),
  );
}

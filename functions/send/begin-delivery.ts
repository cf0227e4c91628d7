import type { Delivery } from '../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { deliveryOf } from '../../shared/rules/delivery/reply-jobs.ts';
import type { Plan } from './plan-reply.ts';

/** The ledger of a reply that has been rendered, and of which nothing has left yet. */
export const beginDelivery = (job: ReplyJob, plan: Plan): Delivery => ({
  ...deliveryOf(job),
  id: plan.id,
  part_count: Math.max(plan.parts.length, 1),
  notes: [...new Set(plan.parts.flatMap(({ notes }) => notes))],
});

import type { Delivery } from '../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import type { Plan } from './plan-reply.ts';

/** The ledger of a reply of which nothing has been done yet. */
export const beginDelivery = (job: ReplyJob, plan: Plan): Delivery => ({
  channel_id: job.channel_id,
  reply_id: job.reply_id,
  id: plan.id,
  event_id: job.event_id,
  turn_id: job.turn_id,
  index: job.index,
  chat_id: job.chat_id,
  accepted_at: job.accepted_at,
  automatic: job.automatic,
  ...(job.notification && { notification: job.notification }),
  ...(job.parks && { parks: job.parks }),
  ...(job.fallback_for !== undefined && { fallback_for: job.fallback_for }),
  parts: {},
  part_count: Math.max(plan.parts.length, 1),
  notes: [...new Set(plan.parts.flatMap(({ notes }) => notes))],
});

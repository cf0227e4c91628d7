import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { deliveryOf } from '../../../shared/rules/delivery/reply-jobs.ts';
import type { RenderedPart } from '../../../shared/whatsapp/outbound/rendering.ts';
import { OpenDelivery } from '../open-delivery.ts';
import type { Plan, Sending } from '../sending.ts';
import type { Visit } from '../visit.ts';
import { planReply } from './plan-reply.ts';

/** Plans a reply, and opens its delivery: the stored one where it has begun, else a new one. */
export async function beginSending(
  visit: Visit,
  job: ReplyJob,
  stored: Delivery | null,
): Promise<Sending> {
  const plan = await planReply(job, visit.channel, visit.chat);
  const state = stored ?? newDelivery(job, plan);
  const delivery = new OpenDelivery(visit.deps, state, { stored: stored !== null });
  return { visit, job, plan, delivery };
}

/** Of a reply that has been rendered, and of which nothing has left yet. */
const newDelivery = (job: ReplyJob, plan: Plan): Delivery => ({
  ...deliveryOf(job),
  id: plan.id,
  part_count: Math.max(plan.parts.length, 1),
  notes: [...new Set(plan.parts.flatMap(notesSoFar))],
});

/** Whether a file that is uploaded goes as its link after all is known once that was tried: its part notes it then. */
const notesSoFar = ({ notes, file }: RenderedPart): RenderedPart['notes'] =>
  file ? notes.filter((note) => note !== 'media-as-link') : notes;

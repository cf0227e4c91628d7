import { rankOf } from '../../../shared/rules/delivery/delivery-progress.ts';
import { noteSending } from '../../../shared/store/chat/note-sending.ts';
import type { Sending } from '../sending.ts';

/** PROTOCOLS 10.3: the newest accepted menu of a chat is the one whose numbers count. */
export async function noteMenu({ visit, job, plan, delivery }: Sending): Promise<void> {
  const { deps, chat, hasSent } = visit;
  const { parts, part_count: partCount } = delivery.state;
  const last = parts[partCount - 1];
  const isShown = last && last.message_id !== null && last.status !== 'failed';
  if (!plan.menu || !isShown || last.rank < rankOf('accepted')) return;
  const { reply_id, event_id } = job;
  const known = chat.menu;
  const isNoted = known?.reply_id === reply_id && known.event_id === event_id;
  // A status that was faster than our record has left its own time there: whole seconds of a clock
  // that is not ours, by which this menu may be older than the one before it.
  const acceptedAt = hasSent ? deps.now() : Math.max(last.at, job.accepted_at);
  if (isNoted || (known?.accepted_at ?? 0) > acceptedAt) return;
  const menu = { ...plan.menu, reply_id, event_id, accepted_at: acceptedAt, overtaken: false };
  await noteSending(deps.table, chat, { menu });
  visit.learn({ menu });
}

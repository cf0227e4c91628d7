import type { ShownMenu } from '../../shared/contract/chat.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import { rankOf } from '../../shared/rules/delivery/delivery-progress.ts';
import { noteSending } from '../../shared/store/chat/note-sending.ts';
import type { Run } from './visit.ts';

/** PROTOCOLS 10.3: the newest accepted menu of a chat is the one whose numbers count. */
export async function noteMenu(run: Run, delivery: Delivery): Promise<void> {
  const { deps, job, chat, plan } = run;
  const last = delivery.parts[delivery.part_count - 1];
  const isShown = last && last.message_id !== null && last.status !== 'failed';
  if (!plan.menu || !isShown || last.rank < rankOf('accepted')) return;
  const { reply_id, event_id } = job;
  const known = chat.menu;
  const isNoted = known?.reply_id === reply_id && known.event_id === event_id;
  // A status that was faster than our record has left its own time there: whole seconds of a clock
  // that is not ours, by which this menu may be older than the one before it.
  const acceptedAt = run.hasSent ? deps.now() : Math.max(last.at, job.accepted_at);
  if (isNoted || (known?.accepted_at ?? 0) > acceptedAt) return;
  const menu = { ...plan.menu, reply_id, event_id, accepted_at: acceptedAt, overtaken: false };
  await noteSending(deps.table, chat, { menu });
  run.chat = { ...chat, menu };
}

/** Whether this reply makes an older menu's numbers ambiguous: it is not part of the same answer. */
export const isOvertaking = ({ job }: Run, menu: ShownMenu): boolean =>
  !menu.overtaken &&
  menu.reply_id !== job.reply_id &&
  (menu.event_id === null || menu.event_id !== job.event_id);

import type { ShownMenu } from '../../../shared/contract/chat.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import type { Menu } from '../../../shared/contract/menu.ts';
import { rankOf } from '../../../shared/rules/delivery/delivery-progress.ts';
import { noteSending } from '../../../shared/store/chat/note-sending.ts';
import type { Sending } from '../sending.ts';

/** Options longer than this do not stand in the chat's row, which is read and written with every message. */
const LONGEST_OPTIONS_BYTES = 2_048;

/** A hundred long labels stay in the turn, where they are anyway. */
const inRow = (
  menu: Menu,
  { turn_id, index, redriven }: ReplyJob,
): Menu & Pick<ShownMenu, 'kept_in'> =>
  Buffer.byteLength(JSON.stringify(menu.options)) <= LONGEST_OPTIONS_BYTES
    ? menu
    : {
        ...menu,
        options: [],
        kept_in: { turn_id, index, ...(redriven !== undefined && { redriven }) },
      };

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
  const facts = { reply_id, event_id, accepted_at: acceptedAt, overtaken: false };
  const menu = { ...inRow(plan.menu, job), ...facts };
  await noteSending(deps.table, chat, { menu });
  visit.learn({ menu });
}

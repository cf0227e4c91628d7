import { rankOf } from '../../shared/rules/delivery/delivery-progress.ts';
import { takeSlot } from '../../shared/rules/delivery/pair-limit.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import type { Run } from './visit.ts';

/** A file's first status is looked for this often: SQS cannot wait for less. */
const LOOK_AGAIN_MS = 1_000;

/** How long what is next has to wait for what went to this visitor before; 0: it may go. */
export async function waitBeforeNext(run: Run): Promise<number> {
  const { deps, chat, plan } = run;
  if (plan.pauseSeconds !== null) return untilFileArrives(run); // a pause takes no slot
  const slot = takeSlot(chat.pace_at, deps.now(), deps.pace);
  const paceMs = 'waitMs' in slot ? slot.waitMs : 0;
  return Math.max(paceMs, await untilFileArrives(run));
}

/** WhatsApp fetches a file first, and text sent after it would be there before it (product.md C3). */
async function untilFileArrives(run: Run): Promise<number> {
  const { deps, chat, job } = run;
  const { media_wait: wait } = chat;
  const leftMs = (wait?.until ?? 0) - deps.now();
  if (!wait || leftMs <= 0) return 0;
  const delivery = await findDelivery(deps.table, job.channel_id, wait.reply_id);
  const part = delivery?.parts[wait.part];
  if (part && part.rank <= rankOf('accepted')) return Math.min(LOOK_AGAIN_MS, leftMs);
  run.chat = { ...chat, media_wait: null };
  return 0;
}

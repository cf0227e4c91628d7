import { callPassage } from '../../../shared/rules/channel/call-passage.ts';
import { rankOf } from '../../../shared/rules/delivery/delivery-progress.ts';
import { keepPace } from '../../../shared/rules/delivery/pair-limit.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import type { Sending } from '../sending.ts';
import type { Visit } from '../visit.ts';

/** A file's first status is looked for this often: SQS cannot wait for less. */
const FILE_STATUS_POLL_MS = 1_000;

/**
 * How long what is next has to wait, for what went to this visitor before or for a provider whose calls
 * all fail; 0: it may go.
 */
export async function waitBeforeNext({ visit, plan }: Sending): Promise<number> {
  const { deps, chat } = visit;
  if (plan.pauseSeconds !== null) return untilFileArrives(visit); // a pause is no message
  const next = keepPace(chat.pace_at, deps.now(), deps.pace);
  const paceMs = 'waitMs' in next ? next.waitMs : 0;
  const passage = callPassage(visit.channel, 'provider', deps.now());
  const failingMs = passage.kind === 'wait' ? passage.waitMs : 0;
  return Math.max(paceMs, failingMs, await untilFileArrives(visit));
}

/** WhatsApp fetches a file before it delivers it: text sent right after it would arrive first. */
async function untilFileArrives(visit: Visit): Promise<number> {
  const { deps, channel, chat } = visit;
  const { media_wait: wait } = chat;
  const leftMs = (wait?.until ?? 0) - deps.now();
  if (!wait || leftMs <= 0) return 0;
  const delivery = await findDelivery(deps.table, channel.id, wait.reply_id);
  const part = delivery?.parts[wait.part];
  if (part && part.rank <= rankOf('accepted')) return Math.min(FILE_STATUS_POLL_MS, leftMs);
  visit.learn({ media_wait: null });
  return 0;
}

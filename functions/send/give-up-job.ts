import { outboundJobSchema, type ReplyJob } from '../../shared/contract/jobs.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { read } from '../../shared/kernel/parse.ts';
import { firstOpen } from '../../shared/rules/delivery/next-step.ts';
import { deliveryOf } from '../../shared/rules/delivery/reply-jobs.ts';
import { isInPark, lookAt } from '../../shared/rules/window/park.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { givesWay } from '../../shared/store/delivery/insert-delivery.ts';
import { scheduleOnce } from '../../shared/store/due.ts';
import type { GiveUp } from '../chain/failed-job.ts';
import type { SendJobsDeps } from './deps.ts';
import { OpenDelivery } from './open-delivery.ts';
import { reopenPart } from './part/reopen-part.ts';
import { stopParts } from './part/stop-parts.ts';
import { takeOut } from './reply/release-parked.ts';
import { reportEnds } from './reply/report-reply.ts';
import type { OpenReply } from './sending.ts';
import type { Visit } from './visit.ts';
import { visitChat } from './visit-chat.ts';

/**
 * PROTOCOLS 24.3: a reply that is given up ends as `failed`, and the agent is told; what had arrived of it
 * stays. A look at a park that is given up ends the reply that stood in its way. Nothing is rendered here:
 * that may be what fails.
 */
export const giveUpJob =
  ({ gates, ...deps }: SendJobsDeps): GiveUp =>
  async (unread, _why, receipt) => {
    const job = read(outboundJobSchema, unread);
    if (!job.ok) return 'ended';
    let isEnded = false;
    await visitChat({ ...deps, gate: gates(receipt) }, job.value, async (visit) => {
      if (job.value.kind === 'release') await giveUpLook(visit);
      else await giveUpReply(visit, job.value);
      isEnded = true;
      return 'done';
    });
    // A letter would hold words for an erased chat, also for one that was erased meanwhile.
    return isEnded ? 'ended' : 'letter-kept';
  };

async function giveUpReply(visit: Visit, job: ReplyJob): Promise<void> {
  const { deps, chat } = visit;
  const stored = job.again
    ? await reopenPart(deps, job, job.again)
    : await findDelivery(deps.table, job.channel_id, job.reply_id);
  if (job.again && !stored) return;
  const opened = { ...deliveryOf(job), part_count: 1 };
  const isThere = stored !== null && !givesWay(stored, opened);
  const delivery = new OpenDelivery(deps, isThere ? stored : opened, { stored: isThere });
  // One that is parked by now waits for its visitor: looks at the park will end it, or send it.
  const first = firstOpen(delivery.state.parts, delivery.state.part_count);
  const isParked = first !== null && delivery.state.parts[first]?.status === 'parked';
  if (isParked && isInPark(chat.parked, job.reply_id)) return;
  await endOpen({ visit, delivery });
}

/** The first reply that might leave the park is the one that could not. The next look is for the others. */
async function giveUpLook(visit: Visit): Promise<void> {
  const { deps, chat } = visit;
  const now = deps.now();
  const stuck = chat.parked.find((parked) => lookAt(parked, chat, now) !== 'stays');
  if (stuck) {
    const stored = await findDelivery(deps.table, chat.channel_id, stuck.reply_id);
    if (stored) {
      await endOpen({ visit, delivery: new OpenDelivery(deps, stored, { stored: true }) });
    }
    await takeOut(visit, stuck, stored);
  }
  if (visit.chat.parked.length === 0) return;
  const { channel_id, id: chat_id } = chat;
  const look = {
    id: idOf('due', 'park', channel_id, chat_id, 'given-up'),
    at: now + LOOK_AGAIN_MS,
    job: { kind: 'release' as const, channel_id, chat_id },
  };
  await scheduleOnce(deps.table, look, now);
}

const LOOK_AGAIN_MS = 60_000;

/** Ends what is open of a reply, whatever a status or an earlier invocation writes meanwhile. */
async function endOpen(reply: OpenReply): Promise<void> {
  const { delivery } = reply;
  for (;;) {
    const { parts, part_count: partCount } = delivery.state;
    const index = firstOpen(parts, partCount);
    if (index !== null) stopParts(reply, { index, status: 'failed', ...whyFailed(parts[index]) });
    if (await delivery.flush()) break;
  }
  await reportEnds(reply);
}

const whyFailed = (part: OpenReply['delivery']['state']['parts'][string] | undefined) =>
  part?.status === 'sending'
    ? {
        code: 'outcome-unknown' as const,
        reason:
          '360dialog did not say whether it took the message, and the sender could not go on.',
      }
    : {
        code: 'given-up' as const,
        reason: 'A fault of the channel kept the message from being sent, for too long.',
      };

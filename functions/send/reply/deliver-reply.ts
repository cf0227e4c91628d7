// Window → render → send each part once → record.
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { log } from '../../../shared/kernel/log.ts';
import { traceOf } from '../../../shared/rules/delivery/trace-of.ts';
import { isWindowOpen } from '../../../shared/rules/window/window.ts';
import type { JobEnd } from '../../chain/queue.ts';
import type { SendDeps } from '../deps.ts';
import { reopenPart } from '../part/reopen-part.ts';
import type { Sending } from '../sending.ts';
import type { Visit } from '../visit.ts';
import { visitChat } from '../visit-chat.ts';
import { beginSending } from './begin-sending.ts';
import { expireOutlived, releaseParked } from './release-parked.ts';
import { settleReply } from './settle-reply.ts';

/** PROTOCOLS 4: one reply, part by part, each accepted once; or what becomes of it instead. */
export const deliverReply = (deps: SendDeps, job: ReplyJob): Promise<JobEnd> => {
  nameInLog(job);
  return visitChat(deps, job, (visit) => deliver(visit, job));
};

async function deliver(visit: Visit, job: ReplyJob): Promise<JobEnd> {
  const { deps, channel } = visit;
  // Once a reply has waited for as long as it may, it is looked at, whatever the provider does.
  const leftMs = job.accepted_at + channel.options.max_wait_minutes * 60_000 - deps.now();
  const waitMs = leftMs > 0 ? await deps.gate.turnAway(channel, 'provider') : null;
  if (waitMs !== null) return { waitMs: Math.min(waitMs, leftMs) };
  const reopened = job.again ? await reopenPart(visit.deps, job, job.again) : null;
  if (job.again && !reopened) return 'done';
  const sending = await beginSending(visit, job, reopened);
  if (!reopened) await expireOutlived(visit, sending.delivery.state);
  for (;;) {
    const before = await releaseBefore(sending);
    if (before !== 'done') return before;
    const end = await settleReply(sending);
    if (end !== 'judge-again') return end === 'parked' ? 'done' : end;
  }
}

/** PROTOCOLS 18: what has waited for the visitor is older than whatever comes now. */
async function releaseBefore({ visit, job }: Sending): Promise<JobEnd> {
  const { deps, chat } = visit;
  if (chat.parked.length === 0 || !isWindowOpen(chat, deps.now())) return 'done';
  const end = await releaseParked(visit);
  nameInLog(job);
  return end;
}

const nameInLog = (job: ReplyJob): void => {
  const { channel_id, chat_id, reply_id } = job;
  log.appendKeys({ trace_id: traceOf(job), channel_id, chat_id, reply_id });
};

// Window → render → send each part once → record.
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { isWindowOpen } from '../../shared/rules/window/window.ts';
import type { JobEnd } from '../chain/queue.ts';
import { beginDelivery } from './begin-delivery.ts';
import type { SendDeps } from './deps.ts';
import { Ledger } from './ledger.ts';
import { planReply } from './plan-reply.ts';
import { expireOutlived, releaseParked } from './release-parked.ts';
import { reopenPart } from './reopen-part.ts';
import { settleReply } from './settle-reply.ts';
import type { Run, Visit } from './visit.ts';
import { visitChat } from './visit-chat.ts';

/** PROTOCOLS 4: one reply, part by part, each accepted once; or what becomes of it instead. */
export const deliverReply = (deps: SendDeps, job: ReplyJob): Promise<JobEnd> => {
  nameInLog(job);
  return visitChat(deps, job, (visit) => deliver(visit, job));
};

async function deliver(visit: Visit, job: ReplyJob): Promise<JobEnd> {
  const { deps, channel } = visit;
  const reopened = job.again && (await reopenPart(deps, job, job.again));
  if (reopened === null) return 'done';
  const plan = await planReply(job, channel, visit.chat);
  const delivery = reopened ?? beginDelivery(job, plan);
  const ledger = new Ledger(deps, delivery, { stored: reopened !== undefined });
  const run: Run = { ...visit, job, plan };
  if (!reopened) await expireOutlived(run, delivery);
  for (;;) {
    const before = await releaseBefore(run);
    if (before !== 'done') return before;
    const end = await settleReply(run, ledger);
    if (end !== 'judge-again') return end === 'parked' ? 'done' : end;
  }
}

/** PROTOCOLS 18: what has waited for the visitor is older than whatever comes now. */
async function releaseBefore(run: Run): Promise<JobEnd> {
  if (run.chat.parked.length === 0 || !isWindowOpen(run.chat, run.deps.now())) return 'done';
  const end = await releaseParked(run);
  nameInLog(run.job);
  return end;
}

const nameInLog = ({ channel_id, reply_id, event_id }: ReplyJob): void =>
  log.appendKeys({ channel_id, reply_id, event_id });

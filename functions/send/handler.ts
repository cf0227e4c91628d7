import { type OutboundJob, outboundJobSchema } from '../../shared/contract/jobs.ts';
import { parse } from '../../shared/kernel/parse.ts';
import type { AnyQueue } from '../../shared/queues/queue.ts';
import { type JobEnd, queueHandler } from '../chain/queue.ts';
import type { Receipt } from '../chain/receipt.ts';
import type { SendDeps, SendJobsDeps } from './deps.ts';
import { giveUpJob } from './give-up-job.ts';
import { deliverReply } from './reply/deliver-reply.ts';
import { lookAtPark } from './reply/look-at-park.ts';

/** `outbound.fifo`, one job at a time. */
export const sendHandler = (deps: SendJobsDeps, outbound: AnyQueue) =>
  queueHandler(
    { ...deps, name: 'outbound', queue: outbound },
    {
      story: (job, receipt) =>
        workOn({ ...deps, gate: deps.gates(receipt) }, parse(outboundJobSchema, job)),
      giveUp: giveUpJob(deps),
      putOff: (job, receipt) => putOff(deps, parse(outboundJobSchema, job), receipt),
    },
  );

/** A job of a channel that was seen blocked a moment ago costs no call of AWS. */
function putOff({ blockedChannels }: SendJobsDeps, job: OutboundJob, { sentAt }: Receipt) {
  const since = job.kind === 'release' ? sentAt : job.accepted_at;
  return blockedChannels.putOff(job.channel_id, since);
}

const workOn = (deps: SendDeps, job: OutboundJob): Promise<JobEnd> =>
  job.kind === 'release' ? lookAtPark(deps, job) : deliverReply(deps, job);

import { type OutboundJob, outboundJobSchema } from '../../shared/contract/jobs.ts';
import { parse } from '../../shared/kernel/parse.ts';
import type { AnyQueue } from '../../shared/queues/queue.ts';
import type { CallGates } from '../chain/call-gate.ts';
import { type JobEnd, queueHandler, type Receipt } from '../chain/queue.ts';
import type { SendDeps } from './deps.ts';
import { deliverReply } from './reply/deliver-reply.ts';
import { lookAtPark } from './reply/look-at-park.ts';

/** `outbound.fifo`, one job at a time. */
export const sendHandler = (
  { gates, ...deps }: Omit<SendDeps, 'gate'> & { gates: CallGates },
  outbound: AnyQueue,
) =>
  queueHandler({ ...deps, name: 'outbound', queue: outbound }, (job, receipt) =>
    workOn({ ...deps, gate: gates(receipt) }, parse(outboundJobSchema, job), receipt),
  );

async function workOn(deps: SendDeps, job: OutboundJob, { sentAt }: Receipt): Promise<JobEnd> {
  const since = job.kind === 'release' ? sentAt : job.accepted_at;
  const waitMs = deps.blockedChannels.putOff(job.channel_id, since);
  if (waitMs !== null) return { waitMs };
  return job.kind === 'release' ? lookAtPark(deps, job) : deliverReply(deps, job);
}

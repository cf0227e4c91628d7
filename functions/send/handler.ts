import { type OutboundJob, outboundJobSchema } from '../../shared/contract/jobs.ts';
import { parse } from '../../shared/kernel/parse.ts';
import type { AnyQueue } from '../../shared/queues/queue.ts';
import { type JobEnd, queueHandler } from '../chain/queue.ts';
import type { SendDeps } from './deps.ts';
import { giveUpJob } from './give-up-job.ts';
import { deliverReply } from './reply/deliver-reply.ts';
import { lookAtPark } from './reply/look-at-park.ts';

/** `outbound.fifo`, one job at a time. */
export const sendHandler = (deps: SendDeps, outbound: AnyQueue) =>
  queueHandler(
    { ...deps, name: 'outbound', queue: outbound },
    (job) => workOn(deps, parse(outboundJobSchema, job)),
    giveUpJob(deps),
  );

const workOn = (deps: SendDeps, job: OutboundJob): Promise<JobEnd> =>
  job.kind === 'release' ? lookAtPark(deps, job) : deliverReply(deps, job);

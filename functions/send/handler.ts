import { replyJobSchema } from '../../shared/contract/jobs.ts';
import { parse } from '../../shared/kernel/parse.ts';
import type { Queue } from '../../shared/queues/queue.ts';
import { queueHandler } from '../chain/queue.ts';
import { deliverReply } from './deliver-reply.ts';
import type { SendDeps } from './deps.ts';

/** `outbound.fifo`, one job at a time. */
export const sendHandler = (deps: SendDeps, outbound: Queue) =>
  queueHandler({ ...deps, name: 'outbound', queue: outbound }, (job) =>
    deliverReply(deps, parse(replyJobSchema, job)),
  );

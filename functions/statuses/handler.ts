import type { Channel } from '../../shared/contract/channel.ts';
import { type StatusJob, statusJobSchema } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { traceInCallback } from '../../shared/rules/delivery/callback-data.ts';
import { type JobEnd, queueHandler } from '../chain/queue.ts';
import type { Receipt } from '../chain/receipt.ts';
import { decideNotification } from './decide-notification.ts';
import type { StatusesDeps } from './deps.ts';
import { passOnPayment } from './pass-on-payment.ts';
import { probeChannel } from './probe-channel.ts';
import { recordStatus } from './record-status.ts';

/** Works on `statuses`, ten jobs at a time in any order: what became of the messages we sent. */
export const statusesHandler = (deps: StatusesDeps) =>
  queueHandler(
    { ...deps, name: 'statuses', queue: deps.queues.statuses },
    { story: (job, receipt) => workOn(deps, parse(statusJobSchema, job), receipt) },
  );

async function workOn(deps: StatusesDeps, job: StatusJob, receipt: Receipt): Promise<JobEnd> {
  nameInLog(job);
  const channel = await channelOf(deps, job);
  if (!channel || channel.deleted_at) {
    count('status-dropped');
    log.warn('status-dropped', { channel_id: job.channel_id, kind: job.kind });
    return 'done';
  }
  switch (job.kind) {
    case 'status':
      await deps.lastSeen.note(
        job.channel_id,
        job.received_at,
        'last_status_at',
        ...(job.with_header ? (['last_header_at'] as const) : []),
      );
      return recordStatus(deps, { channel, status: job.status, receivedAt: job.received_at });
    case 'notification':
      return decideNotification(deps, job);
    case 'probe':
      return probeChannel(deps, channel, receipt);
    case 'payment':
      return passOnPayment(deps, channel, job);
  }
}

/**
 * Statuses are many, and a row of a minute ago is good enough to record them by. It is no reason to drop one: a
 * channel that was made a moment ago may be missing in it. All other jobs need the row as it is now.
 */
async function channelOf({ channels }: StatusesDeps, job: StatusJob): Promise<Channel | null> {
  const known = job.kind === 'status' ? await channels.read(job.channel_id) : null;
  return known ?? channels.readAgain(job.channel_id);
}

/** What a status says itself of its reply. One that says nothing is named once its delivery is found. */
function nameInLog(job: StatusJob): void {
  const callback =
    job.kind === 'status'
      ? job.status.callback
      : job.kind === 'payment'
        ? job.payment.callback
        : null;
  const traceId = traceInCallback(callback);
  log.appendKeys({ channel_id: job.channel_id, ...(traceId !== null && { trace_id: traceId }) });
}

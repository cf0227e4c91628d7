import { type StatusJob, statusJobSchema } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { parse } from '../../shared/kernel/parse.ts';
import type { CallGates } from '../chain/call-gate.ts';
import { type JobEnd, queueHandler } from '../chain/queue.ts';
import { decideNotification } from './decide-notification.ts';
import type { NewsDeps } from './deps.ts';
import { probeChannel } from './probe-channel.ts';
import { recordStatus } from './record-status.ts';
import { tellDelivery } from './tell-delivery.ts';
import { tellHandover } from './tell-handover.ts';
import { tellPayment } from './tell-payment.ts';

/** Works on `statuses`, ten jobs at a time in any order: what became of the messages we sent. */
export const newsHandler = ({ gates, ...deps }: Omit<NewsDeps, 'gate'> & { gates: CallGates }) =>
  queueHandler({ ...deps, name: 'statuses', queue: deps.queues.statuses }, (job, receipt) =>
    workOn({ ...deps, gate: gates(receipt) }, parse(statusJobSchema, job)),
  );

async function workOn(deps: NewsDeps, job: StatusJob): Promise<JobEnd> {
  // Statuses are many, and a row of a minute ago is good enough to judge them by. All other jobs read the
  // row as it is now: the agent is told with today's secret, and a channel deleted meanwhile has none.
  const { read, readAgain } = deps.channels;
  const channel = await (job.kind === 'status' ? read : readAgain)(job.channel_id);
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
    case 'delivery-news':
      return tellDelivery(deps, { channel, chatId: job.chat_id, news: job.news });
    case 'notification':
      return decideNotification(deps, job);
    case 'probe':
      return probeChannel(deps, channel);
    case 'handover':
      return tellHandover(deps, channel, job);
    case 'payment':
      return tellPayment(deps, channel, job);
  }
}

import type { Channel } from '../../shared/contract/channel.ts';
import {
  type InboundJob,
  inboundJobSchema,
  type StatusJob,
  statusJobSchema,
} from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { eventTypeOf } from '../../shared/rules/event-type.ts';
import { findChannel } from '../../shared/store/channels.ts';
import { type JobEnd, queueHandler } from '../chain/queue.ts';
import { decideNotification } from './decide-notification.ts';
import type { WorkerDeps } from './deps.ts';
import { followIdentity } from './follow-identity.ts';
import { keepEvidence } from './keep-evidence.ts';
import { noteCall } from './note-call.ts';
import { notePreference } from './note-preference.ts';
import { passOnUpdate } from './pass-on-update.ts';
import { probeChannel } from './probe-channel.ts';
import { recordStatus } from './record-status.ts';
import { takeIncomingRequest } from './take-incoming-request.ts';
import { takeNotification } from './take-notification.ts';
import { takeTurn } from './take-turn.ts';
import { tellDelivery } from './tell-delivery.ts';
import { tellHandover } from './tell-handover.ts';
import { yieldToHuman } from './yield-to-human.ts';

/** `inbound.fifo`, one job at a time: what people did. */
export const inboundHandler = (deps: WorkerDeps) =>
  queueHandler({ ...deps, name: 'inbound', queue: deps.queues.inbound }, (job) =>
    workOn(deps, parse(inboundJobSchema, job)),
  );

async function workOn(deps: WorkerDeps, job: InboundJob): Promise<JobEnd> {
  const { item } = job;
  if (item.kind === 'unread') return keepEvidence(deps, { ...job, item });
  const channel = await activeChannel(deps, job.channel_id);
  if (!channel) return dropped('item-dropped', job.channel_id, item.kind);
  await notePulse(deps, job, item.kind === 'message' ? 'last_inbound_at' : null);
  switch (item.kind) {
    case 'message':
      return eventTypeOf(item.message.content.kind) === 'message_update'
        ? passOnUpdate(deps, channel, { ...job, item })
        : takeTurn(deps, channel, { ...job, item });
    case 'human-message':
      return yieldToHuman(deps, channel, { ...job, item });
    case 'identity-change':
      return followIdentity(deps, channel, { ...job, item });
    case 'call':
      return noteCall(deps, channel, { ...job, item });
    case 'incoming-request':
      return takeIncomingRequest(deps, channel, { ...job, item });
    case 'notification-result':
      return takeNotification(deps, channel, { ...job, item });
    case 'preference':
      return notePreference(deps, channel, { ...job, item });
    case 'status':
    case 'notice':
      return dropped('item-misplaced', job.channel_id, item.kind);
  }
}

/** Nothing is dropped on the strength of a row that may be older than an activation. */
async function activeChannel({ table }: WorkerDeps, channelId: string): Promise<Channel | null> {
  const channel = await findChannel(table, channelId);
  if (channel?.active) return channel;
  const newest = await findChannel(table, channelId, { consistent: true });
  return newest?.active ? newest : null;
}

/** `statuses`, ten at a time in any order: what became of what we sent. */
export const statusesHandler = (deps: WorkerDeps) =>
  queueHandler({ ...deps, name: 'statuses', queue: deps.queues.statuses }, (job) =>
    workOnNews(deps, parse(statusJobSchema, job)),
  );

async function workOnNews(deps: WorkerDeps, job: StatusJob): Promise<JobEnd> {
  // Statuses are many and may be judged by a row of a minute ago. The agent is told with today's
  // secret or, of a channel that was deleted meanwhile, not at all: its secrets are gone.
  const { read, readAgain } = deps.channels;
  const channel = await (job.kind === 'status' ? read : readAgain)(job.channel_id);
  if (!channel || channel.deleted_at) return dropped('status-dropped', job.channel_id, job.kind);
  switch (job.kind) {
    case 'status':
      await notePulse(deps, job, 'last_status_at');
      return recordStatus(deps, { channel, status: job.status, receivedAt: job.received_at });
    case 'delivery-news':
      return tellDelivery(deps, { channel, chatId: job.chat_id, news: job.news });
    case 'notification':
      return decideNotification(deps, job);
    case 'probe':
      return probeChannel(deps, channel);
    case 'handover':
      return tellHandover(deps, channel, job);
  }
}

/** At most every five minutes: what the doctor says of a channel's life (shared/store/pulses.ts). */
async function notePulse(
  { pulses }: WorkerDeps,
  { channel_id, received_at, with_header }: Heard,
  sign: 'last_inbound_at' | 'last_status_at' | null,
): Promise<void> {
  const header = with_header ? (['last_header_at'] as const) : [];
  await pulses.note(channel_id, received_at, ...(sign ? [sign] : []), ...header);
}

type Heard = Pick<InboundJob, 'channel_id' | 'received_at' | 'with_header'>;

function dropped(
  name: 'item-dropped' | 'item-misplaced' | 'status-dropped',
  channelId: string,
  kind: string,
): JobEnd {
  count(name);
  log.warn(name, { channel_id: channelId, kind });
  return 'done';
}

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
import type { WorkerDeps } from './deps.ts';
import { followIdentity } from './follow-identity.ts';
import { keepEvidence } from './keep-evidence.ts';
import { noteCall } from './note-call.ts';
import { notePreference } from './note-preference.ts';
import { passOnUpdate } from './pass-on-update.ts';
import { recordStatus } from './record-status.ts';
import { takeTurn } from './take-turn.ts';
import { tellDelivery } from './tell-delivery.ts';
import { yieldToHuman } from './yield-to-human.ts';

/** `inbound.fifo`, one job at a time: what people did. */
export const inboundHandler = (deps: WorkerDeps) =>
  queueHandler(deps.queues.inbound, (job) => workOn(deps, parse(inboundJobSchema, job)));

async function workOn(deps: WorkerDeps, job: InboundJob): Promise<JobEnd> {
  const { item } = job;
  if (item.kind === 'unread') return keepEvidence(deps, { ...job, item });
  const channel = await findChannel(deps.table, job.channel_id);
  if (!channel?.active) return dropped('item-dropped', job.channel_id, item.kind);
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
    case 'preference':
      return notePreference(channel, item.preference);
    case 'status':
    case 'notice':
      return dropped('item-misplaced', job.channel_id, item.kind);
  }
}

/** `statuses`, ten at a time in any order: what became of what we sent. */
export const statusesHandler = (deps: WorkerDeps) =>
  queueHandler(deps.queues.statuses, (job) => workOnNews(deps, parse(statusJobSchema, job)));

async function workOnNews(deps: WorkerDeps, job: StatusJob): Promise<JobEnd> {
  const channel = await deps.channels.read(job.channel_id);
  if (!channel) return dropped('status-dropped', job.channel_id, job.kind);
  switch (job.kind) {
    case 'status':
      return recordStatus(deps, { channel, status: job.status, receivedAt: job.received_at });
    case 'delivery-news':
      return tellDelivery(deps, { channel, chatId: job.chat_id, news: job.news });
  }
}

function dropped(
  name: 'item-dropped' | 'item-misplaced' | 'status-dropped',
  channelId: string,
  kind: string,
): JobEnd {
  count(name);
  log.warn(name, { channel_id: channelId, kind });
  return 'done';
}

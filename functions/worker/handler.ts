import type { Channel } from '../../shared/contract/channel.ts';
import { type InboundJob, inboundJobSchema } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { eventIdOf } from '../../shared/rules/agent-event/event-id.ts';
import { eventTypeOf } from '../../shared/rules/agent-event/event-type.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import { findTurn } from '../../shared/store/turns.ts';
import { type JobEnd, queueHandler } from '../chain/queue.ts';
import type { WorkerDeps, WorkerJobsDeps } from './deps.ts';
import { followControl } from './follow-control.ts';
import { followIdentity } from './follow-identity.ts';
import { giveUpJob, turnOf } from './give-up-job.ts';
import { keepUnread } from './keep-unread.ts';
import { noteCall } from './note-call.ts';
import { notePreference } from './note-preference.ts';
import { passOnUpdate } from './pass-on-update.ts';
import { takeIncomingRequest } from './take-incoming-request.ts';
import { takeNotification } from './take-notification.ts';
import { takeTurn } from './take-turn.ts';
import { yieldToHuman } from './yield-to-human.ts';

/**
 * Works on `inbound.fifo`, one job at a time: what people did, Incoming Requests, results of
 * notifications.
 */
export const workerHandler = (deps: WorkerJobsDeps) =>
  queueHandler(
    { ...deps, name: 'inbound', queue: deps.queues.inbound },
    {
      story: (job, receipt) =>
        workOn({ ...deps, gate: deps.gates(receipt) }, parse(inboundJobSchema, job)),
      giveUp: giveUpJob(deps),
    },
  );

/**
 * PROTOCOLS 22: how long a turn must wait of which everything is done but asking the agent; null: it is to
 * be gone on with. Whatever else came before, what the visitor did may not be recorded yet, or an answer
 * may wait to be queued.
 */
async function turnedAway(
  { table, gate }: WorkerDeps,
  channel: Channel,
  job: InboundJob,
): Promise<number | null> {
  const turn = turnOf(job);
  if (!turn) return null;
  const forAgent = await gate.turnAway(channel, 'agent');
  const forVoice = isVoice(channel, job) ? await gate.turnAway(channel, 'transcriber') : null;
  if (forAgent === null && forVoice === null) return null;
  const known = await findTurn(table, { channelId: channel.id, eventId: turn.eventId });
  if (!known?.sent_back || known.outcome) return null;
  return known.transcript || known.transcript_note ? forAgent : (forAgent ?? forVoice);
}

const isVoice = ({ options }: Channel, { item }: InboundJob): boolean =>
  options.transcription !== undefined &&
  item.kind === 'message' &&
  item.message.content.kind === 'voice';

async function workOn(deps: WorkerDeps, job: InboundJob): Promise<JobEnd> {
  const { item } = job;
  const traceId = eventIdOf(job.channel_id, item);
  log.appendKeys({ channel_id: job.channel_id, ...(traceId !== null && { trace_id: traceId }) });
  if (item.kind === 'unread') return keepUnread(deps, { ...job, item });
  const channel = await activeChannel(deps, job.channel_id);
  if (!channel) return dropped('item-dropped', job.channel_id, item.kind);
  // While the channel is held the agent is not called, so nothing need wait for it.
  const waitMs = channel.hold ? null : await turnedAway(deps, channel, job);
  if (waitMs !== null) return { waitMs };
  await noteLastSeen(deps, job, signOf(item));
  switch (item.kind) {
    case 'message':
      return eventTypeOf(item.message.content.kind) === 'message_update'
        ? passOnUpdate(deps, channel, { ...job, item })
        : takeTurn(deps, channel, { ...job, item });
    case 'human-message':
      return yieldToHuman(deps, channel, { ...job, item });
    case 'identity-change':
      return followIdentity(deps, channel, { ...job, item });
    case 'control-change':
      return followControl(deps, channel, { ...job, item });
    case 'call':
      return noteCall(deps, channel, { ...job, item });
    case 'incoming-request':
      return takeIncomingRequest(deps, channel, { ...job, item });
    case 'notification-result':
      return takeNotification(deps, channel, { ...job, item });
    case 'preference':
      return notePreference(deps, channel, { ...job, item });
    case 'status':
    case 'payment':
    case 'notice':
      return dropped('item-misplaced', job.channel_id, item.kind);
  }
}

/**
 * The row is read once more, consistently, before an item is dropped: it may be older than an activation.
 */
async function activeChannel({ table }: WorkerDeps, channelId: string): Promise<Channel | null> {
  const channel = await findChannel(table, channelId);
  if (channel?.active) return channel;
  const newest = await findChannel(table, channelId, { consistent: true });
  return newest?.active ? newest : null;
}

/**
 * Notes, at most every five minutes, that something came for the channel: the doctor tells it
 * (shared/store/channel/last-seen.ts).
 */
async function noteLastSeen(
  { lastSeen }: WorkerDeps,
  { channel_id, received_at, with_header }: Received,
  sign: 'last_inbound_at' | 'last_standby_at' | null,
): Promise<void> {
  const header = with_header ? (['last_header_at'] as const) : [];
  await lastSeen.note(channel_id, received_at, ...(sign ? [sign] : []), ...header);
}

function signOf(item: InboundJob['item']) {
  if (item.kind !== 'message') return null;
  return item.message.standby ? 'last_standby_at' : 'last_inbound_at';
}

type Received = Pick<InboundJob, 'channel_id' | 'received_at' | 'with_header'>;

function dropped(name: 'item-dropped' | 'item-misplaced', channelId: string, kind: string): JobEnd {
  count(name);
  log.warn(name, { channel_id: channelId, kind });
  return 'done';
}

import type { Channel } from '../../shared/contract/channel.ts';
import { type InboundJob, inboundJobSchema } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { read } from '../../shared/kernel/parse.ts';
import { messageEventId, notificationEventId } from '../../shared/rules/agent-event/event-id.ts';
import { eventTypeOf } from '../../shared/rules/agent-event/event-type.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import { type ChatName, findChatBy } from '../../shared/store/chat/find-chat-by.ts';
import { beginTurn } from '../../shared/store/turns.ts';
import type { GiveUp } from '../chain/failed-job.ts';
import type { WorkerDeps, WorkerJobsDeps } from './deps.ts';
import { giveUpTurn } from './turn/give-up-turn.ts';
import { type Settling, settleTurn } from './turn/settle-turn.ts';

/**
 * PROTOCOLS 24.3: where the job was to bring a turn, the turn is given up (PROTOCOLS 6) and the visitor may
 * be told. Of all else nothing but the dead letter is left.
 */
export const giveUpJob =
  ({ gates, ...jobsDeps }: WorkerJobsDeps): GiveUp =>
  async (unread, why, receipt) => {
    const deps = { ...jobsDeps, gate: gates(receipt) };
    const known = read(inboundJobSchema, unread);
    if (!known.ok) return 'ended';
    const job = known.value;
    const turn = turnOf(job);
    const channel = turn && (await findChannel(deps.table, job.channel_id, { consistent: true }));
    if (!turn || !channel?.active) return 'ended';
    return endTurnOf(deps, channel, { job, why, ...turn });
  };

type Brought = { eventId: string; names: ChatName[] } & Settling;

async function endTurnOf(
  deps: WorkerDeps,
  channel: Channel,
  {
    job,
    why,
    names,
    eventId,
    ...settling
  }: Brought & { job: InboundJob; why: Parameters<GiveUp>[1] },
): Promise<'ended' | 'letter-kept'> {
  const { table, now } = deps;
  const chat = await firstChat(deps, channel.id, names);
  if (!chat && !settling.automatic) return 'letter-kept'; // erased: a letter would hold words for it
  const parkIn = settling.parkIfClosed && chat ? chat.id : null;
  const turn = await beginTurn(table, { channelId: channel.id, eventId }, now(), parkIn);
  switch (turn.outcome?.kind) {
    case undefined:
      await giveUpTurn(
        deps,
        { channel, chat, eventId, job, attempts: turn.attempts - 1, ...settling },
        why,
      );
      return 'letter-kept';
    case 'failed': // given up by an invocation that died
      await settleTurn(deps, channel, turn, settling);
      return 'letter-kept';
    case 'erased': // a letter would hold words of the visitor
      return 'letter-kept';
    case 'answered': // the agent has answered, and the answer could not be queued
      count('turn-lost');
      log.error('turn-lost', { code: why.code, reason: why.reason, attempts: turn.attempts - 1 });
      return 'ended';
    default:
      return 'ended';
  }
}

/** The turn a job was to bring; null: it brings none. */
export function turnOf({ channel_id: channelId, item }: InboundJob): Brought | null {
  if (item.kind === 'incoming-request') {
    const { event_id: eventId, chat_id } = item.request;
    return { eventId, names: [{ kind: 'chat_id', value: chat_id }], automatic: false };
  }
  if (item.kind === 'notification-result') {
    const { id, chat_id } = item.notification;
    const eventId = notificationEventId(channelId, id);
    const names: ChatName[] = [{ kind: 'chat_id', value: chat_id }];
    return { eventId, names, automatic: false, parkIfClosed: true };
  }
  if (item.kind !== 'message') return null;
  const { id, from, content } = item.message;
  if (eventTypeOf(content.kind) === 'message_update') return null;
  const { phone, bsuid } = from;
  const names: ChatName[] = [
    ...(phone === null ? [] : [{ kind: 'phone' as const, value: phone }]),
    ...(bsuid === null ? [] : [{ kind: 'bsuid' as const, value: bsuid }]),
  ];
  return { eventId: messageEventId(channelId, id), names, automatic: true };
}

/** Null: what failed is that the visitor could not be recorded, so no chat leads to them. */
async function firstChat({ table }: WorkerDeps, channelId: string, names: ChatName[]) {
  for (const name of names) {
    const chat = await findChatBy(table, channelId, name);
    if (chat) return chat;
  }
  return null;
}

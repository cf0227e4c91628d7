import type { Channel } from '../../shared/contract/channel.ts';
import type { HandoverJob } from '../../shared/contract/jobs.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { channelVariables } from '../../shared/rules/agent-event/channel-variables.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { beginTurn, endTurn } from '../../shared/store/turns.ts';
import { postEvent } from '../chain/post-event.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { NewsDeps } from './deps.ts';

/** 360dialog has no operators to hand a chat to (product.md S10): the agent hears so, once a turn. */
export async function tellHandover(
  deps: NewsDeps,
  channel: Channel,
  { chat_id: chatId, turn_id, at }: HandoverJob,
): Promise<JobEnd> {
  const { table, now } = deps;
  const eventId = idOf('evt', channel.id, 'handover', turn_id);
  const place = { channelId: channel.id, eventId };
  const [turn, chat] = await Promise.all([
    beginTurn(table, place, now()),
    findChat(table, channel.id, chatId, { consistent: true }),
  ]);
  if (turn.outcome || !chat) return 'done';
  await postEvent(deps, channel, (attempt, tellingAt) => ({
    ...eventEnvelope({ channel, chat, eventId, now: tellingAt }),
    event: { id: eventId, type: 'handover', at: new Date(at).toISOString(), attempt },
    context: channelVariables({ chat, message: null, fileUrl: null }),
    handover: { by: 'agent', supported: false, code: 'operator-transfer-unsupported' },
  }));
  await endTurn(table, place, { chatId, outcome: { kind: 'told' }, now: now() });
  return 'done';
}

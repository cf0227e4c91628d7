import type { Channel } from '../../shared/contract/channel.ts';
import type { HandoverJob } from '../../shared/contract/jobs.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { channelVariables } from '../../shared/rules/channel-variables.ts';
import { scene } from '../../shared/rules/scene.ts';
import { findChat } from '../../shared/store/chats.ts';
import { beginTurn, endTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { tellTwice } from './tell-twice.ts';

/** 360dialog has no operators to hand a chat to (product.md S10): the agent hears so, once a turn. */
export async function tellHandover(
  deps: WorkerDeps,
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
  await tellTwice(deps, channel, (attempt, tellingAt) => ({
    ...scene({ channel, chat, eventId, now: tellingAt }),
    event: { id: eventId, type: 'handover', at: new Date(at).toISOString(), attempt },
    context: channelVariables({ chat, message: null, fileUrl: null }),
    handover: { by: 'agent', supported: false, code: 'operator-transfer-unsupported' },
  }));
  await endTurn(table, place, { chatId, outcome: { kind: 'told' }, now: now() });
  return 'done';
}

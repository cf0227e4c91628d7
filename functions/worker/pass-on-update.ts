import type { Channel } from '../../shared/contract/channel.ts';
import type { MessageJob } from '../../shared/contract/jobs.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { wantsEvent } from '../../shared/rules/agent-event/event-wanted.ts';
import { beginTurn, endTurn } from '../../shared/store/turns.ts';
import { postEvent } from '../chain/post-event.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { meetVisitor } from './meet-visitor.ts';
import { messageEvent } from './message-event.ts';
import { contactOf } from './take-turn.ts';

/** A reaction, an edit or a revocation: the agent is told once, and not asked. */
export async function passOnUpdate(
  deps: WorkerDeps,
  channel: Channel,
  job: MessageJob,
): Promise<JobEnd> {
  const { table, now } = deps;
  const eventId = idOf('evt', channel.id, 'message', job.item.message.id);
  const place = { channelId: channel.id, eventId };
  const turn = await beginTurn(table, place, now());
  if (turn.outcome) return 'done';
  const chat = await meetVisitor(deps, contactOf(channel, eventId, job));
  if (wantsEvent(channel.agent.events, 'message_update')) {
    const eventFor = await messageEvent(deps, { channel, chat, eventId, job });
    await postEvent(deps, channel, eventFor);
  }
  await endTurn(table, place, { chatId: chat.id, outcome: { kind: 'told' }, now: now() });
  return 'done';
}

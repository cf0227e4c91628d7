import type { Channel } from '../../shared/contract/channel.ts';
import type { MessageJob } from '../../shared/contract/jobs.ts';
import { messageEventId } from '../../shared/rules/agent-event/event-id.ts';
import { wantsEvent } from '../../shared/rules/agent-event/event-wanted.ts';
import { inboundTime } from '../../shared/rules/window/window.ts';
import type { JobEnd } from '../chain/queue.ts';
import { tellOnce } from '../chain/tell-once.ts';
import { contactOf } from './contact-of.ts';
import type { WorkerDeps } from './deps.ts';
import { tellHold } from './follow-control.ts';
import { keepVisitorSaid } from './keep-visitor-said.ts';
import { meetVisitor } from './meet-visitor.ts';
import { messageEvent } from './message-event.ts';

/** A reaction, an edit or a revocation: the agent is told once, and is not asked for an answer. */
export function passOnUpdate(deps: WorkerDeps, channel: Channel, job: MessageJob): Promise<JobEnd> {
  const eventId = messageEventId(channel.id, job.item.message.id);
  return tellOnce(deps, channel, eventId, async () => {
    const chat = await meetVisitor(deps, contactOf(channel, eventId, job));
    const { message } = job.item;
    if (message.content.kind === 'edit') {
      const at = inboundTime(message.sent_at, job.received_at);
      await keepVisitorSaid(deps, channel, chat, { message, at, eventId });
    }
    const told = await tellHold(deps, channel, chat, {
      messageId: job.item.message.id,
      receivedAt: job.received_at,
    });
    if (told !== 'done') return told;
    const isWanted = wantsEvent(channel.agent.events, 'message_update');
    return {
      chatId: chat.id,
      eventFor: isWanted ? await messageEvent(deps, { channel, chat, eventId, jobs: [job] }) : null,
    };
  });
}

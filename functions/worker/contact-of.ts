import type { Channel } from '../../shared/contract/channel.ts';
import type { MessageJob } from '../../shared/contract/jobs.ts';
import { handoverEventId } from '../../shared/rules/agent-event/event-id.ts';
import { stopWordIn } from '../../shared/rules/opt-out/stop-word.ts';
import { opensWindow } from '../../shared/rules/window/opens-window.ts';
import type { Contact } from './meet-visitor.ts';

/** What a message tells about the visitor who wrote it. */
export const contactOf = (channel: Channel, eventId: string, job: MessageJob): Contact => {
  const { id, from, name, sent_at: sentAt, content, standby } = job.item.message;
  return {
    channelId: channel.id,
    forgetAfterDays: channel.options.forget_after_days,
    eventId,
    from,
    name,
    sentAt,
    receivedAt: job.received_at,
    opensWindow: opensWindow(content.kind),
    wish: stopWordIn(job.item.message, channel.options),
    control: { holder: standby ? 'meta' : 'us', event_id: handoverEventId(channel.id, id) },
  };
};

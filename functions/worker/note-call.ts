import type { Channel } from '../../shared/contract/channel.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { callEventId } from '../../shared/rules/agent-event/event-id.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { meetVisitor } from './meet-visitor.ts';

type CallJob = InboundJob & { item: Extract<InboundJob['item'], { kind: 'call' }> };

/** A call is no turn, but it opens the service window (docs/360dialog.md#the-service-window). */
export async function noteCall(
  deps: WorkerDeps,
  channel: Channel,
  { item: { call }, received_at: receivedAt }: CallJob,
): Promise<JobEnd> {
  const eventId = callEventId(channel.id, call.id);
  const { from, name, at: sentAt } = call;
  const chat = await meetVisitor(deps, {
    channelId: channel.id,
    forgetAfterDays: channel.options.forget_after_days,
    eventId,
    from,
    name,
    sentAt,
    receivedAt,
    opensWindow: true,
  });
  log.info('call-noted', { channel_id: channel.id, chat_id: chat.id });
  return 'done';
}

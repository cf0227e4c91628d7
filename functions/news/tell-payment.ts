import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { PaymentUpdate } from '../../shared/contract/inbound-item.ts';
import type { PaymentJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { paymentEventId } from '../../shared/rules/agent-event/event-id.ts';
import { readCallbackData, traceInCallback } from '../../shared/rules/delivery/callback-data.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { findChatBy } from '../../shared/store/chat/find-chat-by.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { findSentMessage } from '../../shared/store/delivery/sent-messages.ts';
import type { JobEnd } from '../chain/queue.ts';
import { tellOnce } from '../chain/tell-once.ts';
import type { NewsDeps } from './deps.ts';

/** Tells the agent, which wants it, what became of a payment. */
export async function tellPayment(
  deps: NewsDeps,
  channel: Channel,
  { payment, received_at: receivedAt }: PaymentJob,
): Promise<JobEnd> {
  const eventId = paymentEventId(channel.id, payment.id);
  const traceId = traceInCallback(payment.callback) ?? eventId;
  log.appendKeys({ trace_id: traceId });
  return tellOnce(deps, channel, eventId, async () => {
    const about = await aboutPayment(deps, channel, payment);
    if (!about) return 'done'; // another sender uses this number too, or the chat was erased
    const { chat, reply } = about;
    const { message_id, status, details } = payment;
    return {
      chatId: chat.id,
      eventFor: (posting) => ({
        ...eventEnvelope(
          { channel, chat, type: 'payment', eventId, traceId, at: receivedAt },
          posting,
        ),
        payment: { message_id, ...reply, status, details },
      }),
    };
  });
}

interface About {
  chat: Chat;
  reply: { reply_id?: string; id?: string };
}

/** The reply that asked for the payment, by our own data or by its message; else the payer's chat. */
async function aboutPayment(
  { table }: NewsDeps,
  { id: channelId }: Channel,
  { message_id: messageId, callback, recipient }: PaymentUpdate,
): Promise<About | null> {
  const named = readCallbackData(callback);
  const owner = named ?? (await findSentMessage(table, { channelId, messageId }))?.owner;
  const delivery = owner ? await findDelivery(table, channelId, owner.replyId) : null;
  if (delivery) {
    const chat = await findChat(table, channelId, delivery.chat_id, { consistent: true });
    const { reply_id, id } = delivery;
    return chat && { chat, reply: { reply_id, ...(id !== null && { id }) } };
  }
  const { phone, bsuid } = recipient;
  const byPhone = phone
    ? await findChatBy(table, channelId, { kind: 'phone', value: phone })
    : null;
  const chat =
    byPhone ?? (bsuid ? await findChatBy(table, channelId, { kind: 'bsuid', value: bsuid }) : null);
  return chat && { chat, reply: {} };
}

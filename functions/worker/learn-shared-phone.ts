// A visitor who hides the number has shared it: what an endpoint is to send to that number goes to this chat.
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { InboundMessage } from '../../shared/contract/inbound-item.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { wantsEvent } from '../../shared/rules/agent-event/event-wanted.ts';
import { sharedPhone } from '../../shared/rules/identity/shared-phone.ts';
import { claimAlias, forgetAlias } from '../../shared/store/chat/aliases.ts';
import { renameChat } from '../../shared/store/chat/rename-chat.ts';
import type { JobEnd } from '../chain/queue.ts';
import { tellOnce } from '../chain/tell-once.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * PROTOCOLS 2.6 to 2.8: the number becomes an alias of a chat that has none, and the agent is told. Returns the
 * chat as it is then; `waitMs`: the agent could not be told yet.
 */
export async function learnSharedPhone(
  deps: WorkerDeps,
  channel: Channel,
  chat: Chat,
  { message, receivedAt }: { message: InboundMessage; receivedAt: number },
): Promise<{ chat: Chat } | Exclude<JobEnd, 'done'>> {
  const phone = chat.phone === null ? sharedPhone(message) : null;
  if (phone === null) return { chat };
  const { table, now } = deps;
  const alias = { channelId: channel.id, kind: 'phone' as const, value: phone };
  const owner = await claimAlias(table, alias, chat.id, now(), chat.names_until);
  if (owner !== chat.id) {
    count('identity-conflict');
    log.warn('identity-conflict', { chat_id: chat.id, other_chat_id: owner });
    return { chat };
  }
  const changed = { ...chat, phone };
  if (wantsEvent(channel.agent.events, 'visitor_changed')) {
    const eventId = idOf('evt', channel.id, 'visitor_changed', message.id);
    const happened = { channel, chat: changed, eventId, at: receivedAt };
    const { bsuid } = chat;
    const told = await tellOnce(deps, channel, eventId, async () => ({
      chatId: chat.id,
      eventFor: (posting) => ({
        ...eventEnvelope({ ...happened, type: 'visitor_changed' }, posting),
        visitor: { old: { phone: null, bsuid }, new: { phone, bsuid } },
      }),
    }));
    if (told !== 'done') return told;
  }
  // Last: a job that comes again before this finds a chat without a number, and does all of it again.
  if (await renameChat(table, chat, { phone })) return { chat: changed };
  await forgetAlias(table, alias, chat.id); // the chat was erased meanwhile
  return { chat };
}

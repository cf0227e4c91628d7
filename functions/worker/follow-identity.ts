// A visitor has a new phone number or a new BSUID: the chat goes with them.
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { Identity } from '../../shared/contract/identity.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { identityEventId } from '../../shared/rules/agent-event/event-id.ts';
import { wantsEvent } from '../../shared/rules/agent-event/event-wanted.ts';
import { channelChatIdOf } from '../../shared/rules/identity/channel-chat-id.ts';
import { type Alias, claimAlias, findAlias, forgetAlias } from '../../shared/store/chat/aliases.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { aliasesOf } from '../../shared/store/chat/find-or-make-chat.ts';
import { keepFormerId } from '../../shared/store/chat/former-channel-chat-ids.ts';
import { renameChat, withdrawNumbers } from '../../shared/store/chat/rename-chat.ts';
import type { JobEnd } from '../chain/queue.ts';
import { tellOnce } from '../chain/tell-once.ts';
import type { WorkerDeps } from './deps.ts';

type ChangeJob = InboundJob & {
  item: Extract<InboundJob['item'], { kind: 'identity-change' }>;
};

/** PROTOCOLS 8: the new aliases lead to the chat before the old ones cease to. */
export function followIdentity(
  deps: WorkerDeps,
  channel: Channel,
  { item: { change }, received_at: receivedAt }: ChangeJob,
): Promise<JobEnd> {
  const eventId = identityEventId(channel.id, change.id);
  return tellOnce(deps, channel, eventId, async () => {
    const chat = await chatBehind(deps, channel.id, change);
    if (!chat) {
      log.info('identity-change-of-stranger');
      return { chatId: null, eventFor: null };
    }
    const moved = await move(deps, chat, change);
    if (!wantsEvent(channel.agent.events, 'visitor_changed')) {
      return { chatId: chat.id, eventFor: null };
    }
    const old = { phone: change.old.phone ?? chat.phone, bsuid: change.old.bsuid ?? chat.bsuid };
    const happened = { channel, chat: moved, eventId, at: receivedAt };
    return {
      chatId: chat.id,
      eventFor: (posting) => ({
        ...eventEnvelope({ ...happened, type: 'visitor_changed' }, posting),
        visitor: { old, new: { phone: moved.phone, bsuid: moved.bsuid } },
      }),
    };
  });
}

interface NameChange {
  old: Identity;
  new: Identity;
}

/** Found by the old names, or by the new ones if an earlier attempt has already forgotten the old. */
async function chatBehind(
  { table }: WorkerDeps,
  channelId: string,
  change: NameChange,
): Promise<Chat | null> {
  const names = [change.old, parentOf(change.old), change.new];
  for (const alias of names.flatMap((name) => aliasesOf(channelId, name))) {
    const chatId = await findAlias(table, alias);
    const chat = chatId && (await findChat(table, channelId, chatId, { consistent: true }));
    if (chat) return chat;
  }
  return null;
}

/** Some visitors are known by nothing but a parent id. */
const parentOf = ({ parent_bsuid }: Identity) => ({ phone: null, bsuid: parent_bsuid ?? null });

async function move({ table, now }: WorkerDeps, chat: Chat, change: NameChange): Promise<Chat> {
  const gained: Partial<Record<Alias['kind'], string>> = {};
  for (const alias of aliasesOf(chat.channel_id, change.new)) {
    const owner = await claimAlias(table, alias, chat.id, now(), chat.names_until);
    if (owner === chat.id) gained[alias.kind] = alias.value;
    else conflict(chat, owner);
  }
  if (!(await renameChat(table, chat, gained))) {
    // The chat was erased meanwhile, and the erasure does not know the names that were learnt since.
    for (const alias of aliasesOf(chat.channel_id, change.new)) {
      await forgetAlias(table, alias, chat.id);
    }
    return chat;
  }
  const left = outdated(chat, change);
  if (left.some(({ value }) => chat.channel_chat_id === channelChatIdOf(value))) {
    await keepFormerId(table, chat, now());
  }
  for (const alias of left) await forgetAlias(table, alias, chat.id);
  if (change.new.phone === null) return { ...chat, ...gained };
  // If another chat has the new number, this chat has none: the old one is not the visitor's any more.
  await withdrawNumbers(table, chat, { phone: gained.phone === undefined });
  return { ...chat, phone: null, ...gained, wa_id: null };
}

/** Names that may not lead here any more: the old number may go to a new owner, who is another visitor. */
function outdated({ channel_id, phone, bsuid, wa_id }: Chat, change: NameChange): Alias[] {
  const names = [change.old, { phone, bsuid }, { phone: wa_id, bsuid: null }];
  return names
    .flatMap((name) => aliasesOf(channel_id, name))
    .filter(({ kind, value }) => change.new[kind] !== null && change.new[kind] !== value);
}

function conflict(chat: Chat, owner: string): void {
  count('identity-conflict');
  log.warn('identity-conflict', { chat_id: chat.id, other_chat_id: owner });
}

// Somebody got a new number or a new BSUID: the chat goes with them.
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { Identity } from '../../shared/contract/identity.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { channelVariables } from '../../shared/rules/agent-event/channel-variables.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { wantsEvent } from '../../shared/rules/agent-event/event-wanted.ts';
import { channelChatIdOf } from '../../shared/rules/chat/channel-chat-id.ts';
import { type Alias, claimAlias, findAlias, forgetAlias } from '../../shared/store/chat/aliases.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { aliasesOf } from '../../shared/store/chat/find-or-make-chat.ts';
import { keepFormerId } from '../../shared/store/chat/former-channel-chat-ids.ts';
import { renameChat, withdrawNumbers } from '../../shared/store/chat/rename-chat.ts';
import { beginTurn, endTurn } from '../../shared/store/turns.ts';
import { postEvent } from '../chain/post-event.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';

export type ChangeJob = InboundJob & {
  item: Extract<InboundJob['item'], { kind: 'identity-change' }>;
};

/** PROTOCOLS 8: the new aliases lead to the chat before the old ones stop to. */
export async function followIdentity(
  deps: WorkerDeps,
  channel: Channel,
  { item: { change }, received_at: receivedAt }: ChangeJob,
): Promise<JobEnd> {
  const { table, now } = deps;
  const eventId = idOf('evt', channel.id, 'visitor_changed', change.id);
  const turn = await beginTurn(table, { channelId: channel.id, eventId }, now());
  if (turn.outcome) return 'done';

  const chat = await chatBehind(deps, channel.id, change);
  if (chat) {
    const moved = await move(deps, chat, change);
    const eventFor = (attempt: number, at: number): AgentEvent => ({
      ...eventEnvelope({ channel, chat: moved, eventId, now: at }),
      event: {
        id: eventId,
        type: 'visitor_changed',
        at: new Date(receivedAt).toISOString(),
        attempt,
      },
      context: channelVariables({ chat: moved, message: null, fileUrl: null }),
      visitor: {
        old: { phone: change.old.phone ?? chat.phone, bsuid: change.old.bsuid ?? chat.bsuid },
        new: { phone: moved.phone, bsuid: moved.bsuid },
      },
    });
    if (wantsEvent(channel.agent.events, 'visitor_changed')) {
      await postEvent(deps, channel, eventFor);
    }
  } else {
    log.info('identity-change-of-stranger', { event_id: eventId });
  }
  const ended = { chatId: chat?.id ?? null, outcome: { kind: 'told' } as const, now: now() };
  await endTurn(table, { channelId: channel.id, eventId }, ended);
  return 'done';
}

interface Change {
  old: Identity;
  new: Identity;
}

/** Through the old names; where an earlier attempt has forgotten those already, through the new ones. */
async function chatBehind(
  { table }: WorkerDeps,
  channelId: string,
  change: Change,
): Promise<Chat | null> {
  for (const alias of [...aliasesOf(channelId, change.old), ...aliasesOf(channelId, change.new)]) {
    const chatId = await findAlias(table, alias, { consistent: true });
    const chat = chatId && (await findChat(table, channelId, chatId, { consistent: true }));
    if (chat) return chat;
  }
  return null;
}

async function move({ table, now }: WorkerDeps, chat: Chat, change: Change): Promise<Chat> {
  const gained: Partial<Record<Alias['kind'], string>> = {};
  for (const alias of aliasesOf(chat.channel_id, change.new)) {
    const owner = await claimAlias(table, alias, chat.id, now());
    if (owner === chat.id) gained[alias.kind] = alias.value;
    else conflict(chat, owner);
  }
  if (!(await renameChat(table, chat, gained))) {
    // Erased meanwhile, and nobody will ever look for names that were learnt since.
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
  // Another chat has the new number: this one has none any more, and above all not the old one.
  await withdrawNumbers(table, chat, { phone: gained.phone === undefined });
  return { ...chat, phone: null, ...gained, wa_id: null };
}

/** The old number may get a new owner, who is somebody else: nothing of it may lead here any more. */
function outdated({ channel_id, phone, bsuid, wa_id }: Chat, change: Change): Alias[] {
  const names = [change.old, { phone, bsuid }, { phone: wa_id, bsuid: null }];
  return names
    .flatMap((name) => aliasesOf(channel_id, name))
    .filter(({ kind, value }) => change.new[kind] !== null && change.new[kind] !== value);
}

function conflict(chat: Chat, owner: string): void {
  count('identity-conflict');
  log.warn('identity-conflict', { chat_id: chat.id, other_chat_id: owner });
}

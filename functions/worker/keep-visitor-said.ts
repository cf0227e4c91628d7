import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { InboundMessage } from '../../shared/contract/inbound-item.ts';
import { saidByVisitor } from '../../shared/rules/agent-event/said-by-visitor.ts';
import { keepSaid } from '../chain/keep-said.ts';
import type { WorkerDeps } from './deps.ts';

/** PROTOCOLS 29.1: what a visitor wrote is kept for the agent's memory, also while the agent is not asked. */
export const keepVisitorSaid = (
  { table }: Pick<WorkerDeps, 'table'>,
  channel: Channel,
  chat: Pick<Chat, 'id'>,
  { message, at, eventId }: { message: InboundMessage; at: number; eventId: string },
): Promise<void> =>
  keepSaid(table, channel, {
    chatId: chat.id,
    at,
    id: eventId,
    entry: {
      from: 'visitor',
      kind: message.content.kind,
      text: saidByVisitor(message),
      turn_id: eventId,
      event_id: eventId,
      message_id: message.id,
    },
  });

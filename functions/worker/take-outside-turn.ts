// A turn that no message of the visitor's began: know the chat → ask the agent → store → queue.
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { noteTurn } from '../../shared/store/chat/turns-of-chat.ts';
import { beginTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import { askInTurn } from './ask-in-turn.ts';
import { beforeAsking } from './before-asking.ts';
import type { WorkerDeps } from './deps.ts';
import { settleTurn } from './settle-turn.ts';

/** What somebody outside has brought about. */
export interface OutsideTurn {
  channel: Channel;
  eventId: string;
  chatId: string;
  job: InboundJob;
  /** Its replies wait for the visitor where the window is closed. */
  parkIfClosed?: true;
  eventFor: (chat: Chat, attempt: number, now: number) => AgentEvent;
  /** Its chat was erased meanwhile: nobody is asked. */
  onDropped: () => void;
}

/**
 * PROTOCOLS 12, then 3: one turn that counts. It came through an endpoint, so it is no automatic one: the
 * agent is asked and its replies go while a person has the chat, too (product.md B16).
 */
export async function takeOutsideTurn(deps: WorkerDeps, outside: OutsideTurn): Promise<JobEnd> {
  const { table, now } = deps;
  const { channel, eventId, chatId, job, parkIfClosed, eventFor } = outside;
  const place = { channelId: channel.id, eventId };
  const settling = { automatic: false, ...(parkIfClosed && { parkIfClosed }) };
  const turn = await beginTurn(table, place, now(), parkIfClosed ? chatId : null);
  const { attempts } = turn;
  log.appendKeys({ event_id: eventId, channel_id: channel.id, attempt: attempts });
  if (turn.outcome) return settleTurn(deps, channel, turn, settling);

  const chat = await beforeAsking(deps, place, () =>
    noteTurn(table, { channel_id: channel.id, id: chatId }, eventId, now()),
  );
  if (!chat) {
    outside.onDropped();
    return 'done';
  }
  return askInTurn(deps, {
    channel,
    chat,
    eventId,
    job,
    attempts,
    ...settling,
    eventFor: async () => (attempt, at) => eventFor(chat, attempt, at),
    messageId: null,
  });
}

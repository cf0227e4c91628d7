// A turn that did not begin with a message of the visitor's: know the chat → ask the agent → store its
// answer → queue the replies.
import type { AskingEvent } from '../../shared/contract/agent-event.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import type { Posting } from '../../shared/rules/agent-event/event-envelope.ts';
import { noteTurn } from '../../shared/store/chat/turns-of-chat.ts';
import { beginTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { holdOf } from './hold-of.ts';
import { askInTurn } from './turn/ask-in-turn.ts';
import { beforeAsking } from './turn/before-asking.ts';
import { giveUpTurn } from './turn/give-up-turn.ts';
import { settleTurn } from './turn/settle-turn.ts';

/** An event that did not come from the visitor: an Incoming Request, or the result of a notification. */
export interface OutsideTurn {
  channel: Channel;
  eventId: string;
  chatId: string;
  job: InboundJob;
  /** Where the window is closed, its replies wait until the visitor writes. */
  parkIfClosed?: true;
  eventFor: (chat: Chat, posting: Posting) => AskingEvent;
  /** Called when its chat was erased meanwhile: the agent is not asked. */
  onDropped: () => void;
}

/** It was in the queue before the hold: an operator redrives it after the hold (PROTOCOLS 31.5). */
const CHANNEL_HELD = {
  code: 'channel-held',
  reason: 'The channel was held when its turn came.',
};

/**
 * PROTOCOLS 12, then 3: one turn that counts. A caller asked for it at an endpoint, so it is no automatic
 * one: the agent is asked, and its replies go, also while a person has the chat.
 */
export async function takeOutsideTurn(deps: WorkerDeps, outside: OutsideTurn): Promise<JobEnd> {
  const { table, now } = deps;
  const { channel, eventId, chatId, job, parkIfClosed, eventFor } = outside;
  const place = { channelId: channel.id, eventId };
  const settling = { automatic: false, ...(parkIfClosed && { parkIfClosed }) };
  const turn = await beginTurn(table, place, now(), parkIfClosed ? chatId : null);
  const { attempts } = turn;
  log.appendKeys({ attempt: attempts });
  if (turn.outcome) return settleTurn(deps, channel, turn, settling);

  const chat = await beforeAsking(deps, place, () =>
    noteTurn(table, { channel_id: channel.id, id: chatId }, eventId, now()),
  );
  if (!chat) {
    outside.onDropped();
    return 'done';
  }
  if (await holdOf(deps, channel)) {
    const claimed = { channel, chat, eventId, job, attempts: attempts - 1, ...settling };
    return giveUpTurn(deps, claimed, CHANNEL_HELD);
  }
  return askInTurn(deps, {
    channel,
    chat,
    eventId,
    job,
    attempts,
    ...settling,
    prepareEvent: async () => (posting) => eventFor(chat, posting),
    messageId: null,
  });
}

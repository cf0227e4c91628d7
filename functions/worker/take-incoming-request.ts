// Somebody outside wants the agent to write first: as a turn, behind whatever the visitor said before.
import type { Channel } from '../../shared/contract/channel.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { channelVariables } from '../../shared/rules/channel-variables.ts';
import { scene } from '../../shared/rules/scene.ts';
import { noteWritten } from '../../shared/store/chats.ts';
import { beginTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import { askInTurn } from './ask-in-turn.ts';
import { beforeAsking } from './before-asking.ts';
import type { WorkerDeps } from './deps.ts';
import { settleTurn } from './settle-turn.ts';

export type RequestJob = InboundJob & {
  item: Extract<InboundJob['item'], { kind: 'incoming-request' }>;
};

/**
 * PROTOCOLS 12, then 3: one turn that counts. It came through a door, so it is no automatic one: the
 * agent is asked and its replies go while a person has the chat, too (product.md B16).
 */
export async function takeIncomingRequest(
  deps: WorkerDeps,
  channel: Channel,
  job: RequestJob,
): Promise<JobEnd> {
  const { table, now } = deps;
  const { event_id: eventId, chat_id: chatId, body, headers, query, is_urgent } = job.item.request;
  const turn = await beginTurn(table, { channelId: channel.id, eventId }, now());
  const { attempts } = turn;
  log.appendKeys({ event_id: eventId, channel_id: channel.id, attempt: attempts });
  if (turn.outcome) return settleTurn(deps, channel, turn, false);

  const chat = await beforeAsking(deps, { channelId: channel.id, eventId }, () =>
    noteWritten(table, { channel_id: channel.id, id: chatId }, eventId, now()),
  );
  if (!chat) {
    count('incoming-request-dropped');
    log.info('incoming-request-dropped', { reason: 'chat-erased' });
    return 'done';
  }
  return askInTurn(deps, {
    channel,
    chat,
    eventId,
    job,
    attempts,
    automatic: false,
    eventFor: async () => (attempt, at) => ({
      ...scene({ channel, chat, eventId, now: at }),
      event: {
        id: eventId,
        type: 'incoming_request',
        at: new Date(job.received_at).toISOString(),
        attempt,
      },
      context: channelVariables({ chat, message: null, fileUrl: null }),
      request: { body, headers, query, is_urgent },
    }),
    messageId: null,
  });
}

// Remember the user spoke → ask the agent → store its answer → queue the replies.
import { askAgent } from '../../shared/agent/http-agent.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { MessageJob } from '../../shared/contract/jobs.ts';
import type { TurnOutcome } from '../../shared/contract/turn.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import {
  MAX_AGENT_ATTEMPTS,
  waitAfterTimeout,
  waitAfterUnavailable,
} from '../../shared/rules/agent-retry.ts';
import { opensWindow } from '../../shared/rules/opens-window.ts';
import { isPaused } from '../../shared/rules/pause.ts';
import { countMissed } from '../../shared/store/chats.ts';
import { beginTurn, countTimeout, endTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { giveUpTurn } from './give-up-turn.ts';
import { type Contact, meetVisitor } from './meet-visitor.ts';
import { messageEvent } from './message-event.ts';
import { settleTurn } from './settle-turn.ts';
import { showThinking } from './show-thinking.ts';

/** PROTOCOLS 1 to 3: one turn of the agent's that counts, however often the message comes. */
export async function takeTurn(
  deps: WorkerDeps,
  channel: Channel,
  job: MessageJob,
): Promise<JobEnd> {
  const { table, now } = deps;
  const eventId = idOf('evt', channel.id, 'message', job.item.message.id);
  const place = { channelId: channel.id, eventId };
  const turn = await beginTurn(table, place, now());
  const { attempts } = turn;
  log.appendKeys({ event_id: eventId, channel_id: channel.id, attempt: attempts });
  if (turn.outcome) return settleTurn(deps, channel, turn);

  const chat = await meetVisitor(deps, contactOf(channel, eventId, job));
  const asking: Asking = { channel, chat, eventId, job, attempts, afterwards: [] };
  try {
    return await answer(deps, asking);
  } finally {
    await Promise.all(asking.afterwards);
  }
}

async function answer(deps: WorkerDeps, asking: Asking): Promise<JobEnd> {
  const { table, now } = deps;
  const { channel, chat, eventId } = asking;
  const asked = isPaused(chat.paused_until, now())
    ? await passOver(deps, asking)
    : await ask(deps, asking);
  if ('waitMs' in asked) return asked;
  if (asked.kind === 'failed') return giveUpTurn(deps, asking, asked);
  const ended = await endTurn(
    table,
    { channelId: channel.id, eventId },
    { chatId: chat.id, outcome: asked, now: now() },
  );
  if (asked.kind !== 'paused' && chat.missed > 0) await countMissed(table, chat, -chat.missed);
  return settleTurn(deps, channel, ended);
}

/** What a message tells about whoever wrote it. */
export const contactOf = (channel: Channel, eventId: string, job: MessageJob): Contact => {
  const { from, name, sent_at: sentAt, content } = job.item.message;
  return {
    channelId: channel.id,
    eventId,
    from,
    name,
    sentAt,
    receivedAt: job.received_at,
    opensWindow: opensWindow(content.kind),
  };
};

/** A turn about to be asked, or given up. */
export interface Asking {
  channel: Channel;
  chat: Chat;
  eventId: string;
  job: MessageJob;
  /** This one included. */
  attempts: number;
  /** What nobody waits for, but must be over before the function sleeps. */
  afterwards: Promise<void>[];
}

type Asked =
  | Exclude<TurnOutcome, { kind: 'failed' }>
  | { kind: 'failed'; code: string; reason: string }
  | { waitMs: number };

/** A person has the chat: the agent hears later how many messages it was spared. */
async function passOver({ table }: WorkerDeps, { chat, attempts }: Asking): Promise<Asked> {
  if (attempts === 1) await countMissed(table, chat, 1);
  return { kind: 'paused' };
}

/** Asks the agent and says what that means for the turn. */
async function ask(deps: WorkerDeps, asking: Asking): Promise<Asked> {
  const { channel, eventId, attempts } = asking;
  // Counted at its start: an attempt that killed its function counts too, and this bounds them.
  if (attempts > MAX_AGENT_ATTEMPTS) {
    const reason = 'Every attempt ended before the agent had answered.';
    return { kind: 'failed', code: 'turn-abandoned', reason };
  }
  const [secrets, eventFor] = await Promise.all([
    deps.secrets.read(channel.id, channel.secret_version),
    messageEvent(deps, asking),
  ]);
  const now = deps.now();
  const event = eventFor(attempts, now);
  // With the first attempt only: a visitor who was told "typing" once is not told again for a retry.
  const stopThinking =
    attempts === 1 ? showThinking(deps, channel, secrets, asking.job.item.message.id) : null;
  const reply = await askAgent({ channel, secrets, event, reach: deps.reach, now });
  if (stopThinking) asking.afterwards.push(stopThinking());
  log.info('agent-asked', { result: reply.kind, took_ms: deps.now() - now });

  switch (reply.kind) {
    case 'answered':
    case 'later':
      return reply;
    case 'refused':
      return { kind: 'failed', code: reply.code, reason: reply.reason };
    case 'unavailable': {
      const waitMs = waitAfterUnavailable(attempts, reply.retryAfterMs);
      if (waitMs !== null) return { waitMs };
      return { kind: 'failed', code: 'agent-unavailable', reason: reply.reason };
    }
    case 'timeout': {
      const timeouts = await countTimeout(deps.table, { channelId: channel.id, eventId });
      const waitMs = waitAfterTimeout(attempts, timeouts);
      if (waitMs !== null) return { waitMs };
      const reason = `No answer within ${channel.agent.timeout_ms} ms.`;
      return { kind: 'failed', code: 'agent-timeout', reason };
    }
  }
}

// Remember that the visitor wrote → ask the agent → store its answer → queue the replies.
import type { Channel } from '../../shared/contract/channel.ts';
import type { MessageJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { messageEventId } from '../../shared/rules/agent-event/event-id.ts';
import { endsBurst } from '../../shared/rules/chat/burst.ts';
import { isPaused } from '../../shared/rules/chat/pause.ts';
import { holdTurn } from '../../shared/store/hold-turn.ts';
import { beginTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import { askedEvent } from './asked-event.ts';
import { contactOf } from './contact-of.ts';
import type { WorkerDeps } from './deps.ts';
import { tellHold } from './follow-control.ts';
import { guardAgainstLoops } from './guard-against-loops.ts';
import { holdOf } from './hold-of.ts';
import { keepVisitorSaid } from './keep-visitor-said.ts';
import { learnSharedPhone } from './learn-shared-phone.ts';
import { meetVisitor } from './meet-visitor.ts';
import { passOver } from './pass-over.ts';
import { askInTurn } from './turn/ask-in-turn.ts';
import { beforeAsking } from './turn/before-asking.ts';
import { queueBurst } from './turn/queue-burst.ts';
import { settleTurn } from './turn/settle-turn.ts';
import { askBurst, settleBurst, takeBurst } from './turn/take-burst.ts';
import { hearForHistory } from './voice/hear-for-history.ts';

/**
 * PROTOCOLS 1 to 3: the agent is asked about a message, and one answer counts, however often the job
 * comes.
 */
export async function takeTurn(
  deps: WorkerDeps,
  channel: Channel,
  job: MessageJob,
): Promise<JobEnd> {
  const { table, now } = deps;
  const { message } = job.item;
  const eventId = messageEventId(channel.id, message.id);
  const waits = channel.options.burst_ms > 0;
  if (job.burst) return takeBurst(deps, channel, { ...job, burst: job.burst });
  const turn = waits
    ? await holdTurn(table, { channelId: channel.id, eventId }, job, now())
    : await beginTurn(table, { channelId: channel.id, eventId }, now());
  const { attempts } = turn;
  log.appendKeys({ attempt: attempts });
  const settling = { automatic: true, receivedAt: job.received_at };
  if (turn.outcome) {
    return waits || turn.merges
      ? settleBurst(deps, channel, turn, job.received_at)
      : settleTurn(deps, channel, turn, settling);
  }

  const contact = contactOf(channel, eventId, job);
  // A message that waits has not begun an attempt yet.
  const recording = <T>(work: () => Promise<T>): Promise<T> =>
    waits ? work() : beforeAsking(deps, { channelId: channel.id, eventId }, work);
  const met = await recording(() => meetVisitor(deps, { ...contact, turnId: eventId, waits }));
  const receivedAt = job.received_at;
  const learnt = await learnSharedPhone(deps, channel, met, { message, receivedAt });
  if ('waitMs' in learnt) return learnt;
  const { chat } = learnt;
  await recording(() =>
    keepVisitorSaid(deps, channel, chat, { message, at: turn.begun_at, eventId }),
  );
  const told = await tellHold(deps, channel, chat, {
    messageId: message.id,
    receivedAt,
  });
  if (told !== 'done') return told;
  const passed = { channel, chat, eventId, waits };
  const isAway = message.standby || isPaused(chat, now());
  const hold = isAway ? null : await holdOf(deps, channel);
  if (isAway || hold) {
    const wait = await hearForHistory(deps, { channel, chat, jobs: [job] });
    return wait ?? passOver(deps, { ...passed, kind: 'paused', hold });
  }
  const guarded = await guardAgainstLoops(deps, channel, chat);
  if (typeof guarded !== 'string') return guarded;
  if (guarded === 'limited') {
    return passOver(deps, { ...passed, kind: 'limited', hold: null });
  }
  if (waits) {
    if (endsBurst(message.content)) return askBurst(deps, { channel, chat, job });
    await queueBurst(deps, job, { chat_id: chat.id, round: 0 });
    return 'done';
  }
  return askInTurn(deps, {
    channel,
    chat,
    eventId,
    job,
    attempts,
    ...settling,
    prepareEvent: () => askedEvent(deps, { channel, chat, turn, jobs: [job] }),
    messageId: message.id,
  });
}

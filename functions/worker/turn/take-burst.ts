// Messages that follow one another are one turn: wait → ask the agent about all of them → end the others.
import type { Channel, ChannelHold } from '../../../shared/contract/channel.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { MessageJob } from '../../../shared/contract/jobs.ts';
import type { Turn } from '../../../shared/contract/turn.ts';
import { log } from '../../../shared/kernel/log.ts';
import { messageEventId } from '../../../shared/rules/agent-event/event-id.ts';
import { burstEndsAt } from '../../../shared/rules/chat/burst.ts';
import { findChat } from '../../../shared/store/chat/find-chat.ts';
import { joinTurn } from '../../../shared/store/history.ts';
import { leaveBurst, sealTurn } from '../../../shared/store/hold-turn.ts';
import { beginTurn, endTurn, findTurn } from '../../../shared/store/turns.ts';
import type { JobEnd } from '../../chain/queue.ts';
import { askedEvent } from '../asked-event.ts';
import type { WorkerDeps } from '../deps.ts';
import { holdOf } from '../hold-of.ts';
import { passOver } from '../pass-over.ts';
import { hearForHistory } from '../voice/hear-for-history.ts';
import { askInTurn } from './ask-in-turn.ts';
import { type BurstJob, queueBurst } from './queue-burst.ts';
import { settleTurn } from './settle-turn.ts';

/** PROTOCOLS 32.4: a message that is not the newest any more ends; the newest waits, and looks once more. */
export async function takeBurst(
  deps: WorkerDeps,
  channel: Channel,
  job: BurstJob,
): Promise<JobEnd> {
  const { table, now } = deps;
  const { chat_id: chatId, round } = job.burst;
  const eventId = messageEventId(channel.id, job.item.message.id);
  const [turn, chat] = await Promise.all([
    findTurn(table, { channelId: channel.id, eventId }, { consistent: true }),
    findChat(table, channel.id, chatId, { consistent: true }),
  ]);
  if (!chat) return 'done'; // erased meanwhile
  if (turn?.outcome) return settleBurst(deps, channel, turn, job.received_at);
  // The chat names a turn no longer once it is over: then an operator has it done again.
  const isNamed = chat.burst?.has(eventId) === true;
  const waits = isNamed && turn !== null && turn.merges === undefined;
  if (waits && (await isLeftToNewer(deps, channel, chat, turn))) return 'done';
  const others = await othersIn(deps, channel, chat, eventId, turn?.merges);
  const hold = await holdOf(deps, channel);
  if (hold && turn) return passOverBurst(deps, { channel, chat, turn, job, others, hold });
  if (round === 0 && waits) {
    const { burst_ms: waitMs, burst_max_ms: maxMs } = channel.options;
    const newestAt = job.received_at;
    const firstAt = Math.min(newestAt, ...others.map(({ job: { received_at } }) => received_at));
    const end = burstEndsAt({ firstAt, newestAt, waitMs, maxMs });
    if (now() < end.at) {
      log.info('burst-waits', { chat_id: chatId, messages: others.length + 1 });
      return { waitMs: end.at - now() };
    }
    const { queued_at: queuedAt = end.at } = job.burst;
    // What came while it waited is still behind it in the queue.
    if (!end.isLast || queuedAt < end.at) {
      await queueBurst(deps, job, { chat_id: chatId, round: 1 });
      return 'done';
    }
  }
  return askBurst(deps, { channel, chat, job, others });
}

/** A turn that waits for the same answer, and its message. */
interface Other {
  eventId: string;
  /** When it began, epoch milliseconds. */
  begunAt: number;
  job: MessageJob;
}

/** PROTOCOLS 32.5 to 32.9: the agent is asked once about all that waits, in order. */
export async function askBurst(
  deps: WorkerDeps,
  {
    channel,
    chat: known,
    job,
    others: waiting,
  }: { channel: Channel; chat: Chat; job: MessageJob; others?: Other[] },
): Promise<JobEnd> {
  const { table, now } = deps;
  const eventId = messageEventId(channel.id, job.item.message.id);
  const place = { channelId: channel.id, eventId };
  const found = waiting ?? (await othersIn(deps, channel, known, eventId));
  const ids = found.map((other) => other.eventId);
  const sealed = ids.length > 0 ? await sealTurn(table, place, ids) : [];
  const others = found.filter((other) => sealed.includes(other.eventId));
  await joinHistory(deps, { channel, chat: known, eventId, others });
  const turn = await beginTurn(table, place, now());
  log.appendKeys({ attempt: turn.attempts });
  if (turn.outcome) return settleBurst(deps, channel, turn, job.received_at);
  const isOfFirst = others.some((other) => other.eventId === known.first_event_id);
  const chat = isOfFirst ? { ...known, first_event_id: eventId } : known;
  const jobs: [...MessageJob[], MessageJob] = [...others.map((other) => other.job), job];
  const end = await askInTurn(deps, {
    channel,
    chat,
    eventId,
    job,
    attempts: turn.attempts,
    automatic: true,
    receivedAt: job.received_at,
    prepareEvent: () => askedEvent(deps, { channel, chat, turn, jobs }),
    messageId: job.item.message.id,
    merges: sealed,
  });
  if (end === 'done') await endOthers(deps, channel, chat.id, { eventId, merges: sealed });
  return end;
}

/** PROTOCOLS 32.5a: in the history the messages of a burst are one turn. */
async function joinHistory(
  { table }: WorkerDeps,
  {
    channel,
    chat,
    eventId,
    others,
  }: { channel: Channel; chat: Chat; eventId: string; others: Other[] },
): Promise<void> {
  if (channel.options.history_turns === 0) return;
  const [channelId, chatId] = [channel.id, chat.id];
  await Promise.all(
    others.map(({ eventId: id, begunAt: at }) =>
      joinTurn(table, { channelId, chatId, at, id }, eventId),
    ),
  );
}

/** The turn was over before this job came again: what is left is done. `receivedAt`: of its message. */
export async function settleBurst(
  deps: WorkerDeps,
  channel: Channel,
  turn: Turn,
  receivedAt: number,
): Promise<JobEnd> {
  if (turn.outcome?.kind === 'merged') return 'done';
  const end = await settleTurn(deps, channel, turn, { automatic: true, receivedAt });
  const { event_id: eventId, merges = [], chat_id: chatId } = turn;
  if (end === 'done' && chatId !== null) {
    await endOthers(deps, channel, chatId, { eventId, merges });
  }
  return end;
}

/**
 * PROTOCOLS 32.4: whether a newer message brings the answer to this one, or has brought it. The newest may be over
 * without it: it was passed over, or given up. Then the newest of those that still wait asks the agent.
 */
async function isLeftToNewer(
  deps: WorkerDeps,
  channel: Channel,
  chat: Chat,
  { event_id: eventId, begun_at: begunAt }: Turn,
): Promise<boolean> {
  const newestId = chat.burst_newest;
  if (!newestId || newestId === eventId) return false;
  const place = { channelId: channel.id, eventId: newestId };
  const newest = await findTurn(deps.table, place, { consistent: true });
  if (newest && (!newest.outcome || newest.merges?.includes(eventId))) return true;
  const others = await othersIn(deps, channel, chat, eventId);
  return others.some((other) => other.begunAt > begunAt);
}

/**
 * PROTOCOLS 31.2 to 31.4, for each message that waits: the channel is held, so the agent is not asked. The
 * newest comes last: until then its job comes again. With it alone the visitor is told of the hold.
 */
async function passOverBurst(
  deps: WorkerDeps,
  {
    channel,
    chat,
    turn: { event_id: newestId, merges = [...(chat.burst ?? [])] },
    job,
    others,
    hold,
  }: {
    channel: Channel;
    chat: Chat;
    turn: Turn;
    job: MessageJob;
    others: Other[];
    hold: ChannelHold;
  },
): Promise<JobEnd> {
  const passed = { channel, chat, kind: 'paused' as const };
  const jobs = [...others.map((other) => other.job), job];
  const wait = await hearForHistory(deps, { channel, chat, jobs });
  if (wait) return wait;
  for (const { eventId } of others) {
    const end = await passOver(deps, { ...passed, eventId, hold: null, waits: false });
    if (end !== 'done') return end;
  }
  // Also those that an invocation passed over before it died.
  const over = merges.filter((id) => id !== newestId);
  if (over.length > 0) await leaveBurst(deps.table, chat, over);
  return passOver(deps, { ...passed, eventId: newestId, hold, waits: true });
}

/** PROTOCOLS 32.8 and 32.9. The first outcome of a turn counts: one that was erased stays so. */
async function endOthers(
  { table, now }: WorkerDeps,
  channel: Channel,
  chatId: string,
  { eventId, merges }: { eventId: string; merges: string[] },
): Promise<void> {
  const outcome = { kind: 'merged' as const, into: eventId };
  const place = { channelId: channel.id, eventId };
  const asked = merges.length > 0 ? await findTurn(table, place, { consistent: true }) : null;
  // An operator may have the agent asked again, about all of them.
  const keepsWords = asked?.outcome?.kind === 'failed';
  await Promise.all(
    merges.map((id) =>
      endTurn(
        table,
        { channelId: channel.id, eventId: id },
        { chatId, outcome, now: now(), keepsWords },
      ),
    ),
  );
  await leaveBurst(table, { channel_id: channel.id, id: chatId }, [eventId, ...merges]);
}

/** The other messages that wait in the chat, or that this turn has taken already, the oldest first. */
async function othersIn(
  { table }: WorkerDeps,
  channel: Channel,
  chat: Chat,
  eventId: string,
  sealed?: string[],
): Promise<Other[]> {
  const ids = (sealed ?? [...(chat.burst ?? [])]).filter((id) => id !== eventId);
  const find = (id: string) =>
    findTurn(table, { channelId: channel.id, eventId: id }, { consistent: true });
  const turns = await Promise.all(ids.map(find));
  return turns
    .flatMap((turn) => (turn?.held && isOpenFor(turn, eventId) ? [{ turn, held: turn.held }] : []))
    .sort((a, b) => a.turn.begun_at - b.turn.begun_at)
    .map(({ turn, held }) => ({ eventId: turn.event_id, begunAt: turn.begun_at, job: held }));
}

/** It waits; or it was merged into this very turn, which failed and is done again. */
const isOpenFor = ({ outcome }: Turn, eventId: string): boolean =>
  outcome === null || (outcome.kind === 'merged' && outcome.into === eventId);

// Ask the agent → store its answer → queue the replies, for every event whose replies are taken.
import { askAgent } from '../../../shared/agent/ask-agent.ts';
import type { AgentReply } from '../../../shared/agent/wire/answer.ts';
import type { AskingEvent } from '../../../shared/contract/agent-event.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { TurnOutcome } from '../../../shared/contract/turn.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count, measure } from '../../../shared/kernel/metrics.ts';
import {
  MAX_AGENT_ATTEMPTS,
  waitAfterTimeout,
  waitAfterUnavailable,
} from '../../../shared/rules/agent-event/agent-retry.ts';
import type { Posting } from '../../../shared/rules/agent-event/event-envelope.ts';
import { callPassage } from '../../../shared/rules/channel/call-passage.ts';
import { countMissed } from '../../../shared/store/chat/pause-chat.ts';
import { countTimeout, endTurn } from '../../../shared/store/turns.ts';
import { WITHOUT_CALL } from '../../chain/call-gate.ts';
import type { JobEnd } from '../../chain/queue.ts';
import type { WorkerDeps } from '../deps.ts';
import { beforeAsking, takeBackAttempt } from './before-asking.ts';
import type { ClaimedTurn } from './claimed-turn.ts';
import { giveUpTurn } from './give-up-turn.ts';
import { recallHistory } from './recall-history.ts';
import { recallSession } from './recall-session.ts';
import { settleTurn } from './settle-turn.ts';
import { showTyping } from './show-typing.ts';

/** A turn whose agent is about to be asked. */
interface Asking extends ClaimedTurn {
  /**
   * Looks up what the event needs, and returns what writes it for one posting; or how long the job must wait
   * for that.
   */
  prepareEvent: () => Promise<((posting: Posting) => AskingEvent) | { waitMs: number }>;
  /** The message the visitor sees as read while the agent thinks; null: there is none. */
  messageId: string | null;
  /** Turns of earlier messages that it answers too. */
  merges?: string[];
}

type Asked =
  | Extract<TurnOutcome, { kind: 'answered' | 'later' }>
  | { kind: 'failed'; code: string; reason: string }
  | { waitMs: number };

/** PROTOCOLS 3 and 6: one answer of the agent's counts, or the turn waits, or it is given up. */
export async function askInTurn(deps: WorkerDeps, asking: Asking): Promise<JobEnd> {
  const { channel, chat, eventId } = asking;
  // The turn does not wait for these, but they must be over before Lambda freezes the function.
  const afterwards: Promise<void>[] = [];
  try {
    const asked = await ask(deps, asking, afterwards);
    if ('waitMs' in asked) return asked;
    if (asked.kind === 'failed') return await giveUpTurn(deps, asking, asked);
    const ended = await endTurn(
      deps.table,
      { channelId: channel.id, eventId },
      { chatId: chat.id, outcome: asked, now: deps.now() },
    );
    // The event told the agent how many messages it did not see, so they are not counted any more.
    if (chat.missed > 0) await countMissed(deps.table, chat, -chat.missed);
    return await settleTurn(deps, channel, ended, asking);
  } finally {
    await Promise.all(afterwards);
  }
}

/** Asks the agent and says what that means for the turn. */
async function ask(
  deps: WorkerDeps,
  { channel, chat, eventId, attempts, prepareEvent, messageId, merges = [] }: Asking,
  afterwards: Promise<void>[],
): Promise<Asked> {
  // An attempt is counted at its start, so the ones that killed their function are bounded here too.
  if (attempts > MAX_AGENT_ATTEMPTS) {
    const reason = 'Every attempt ended before the agent had answered.';
    return { kind: 'failed', code: 'turn-abandoned', reason };
  }
  const [secrets, eventFor, history, session] = await beforeAsking(
    deps,
    { channelId: channel.id, eventId },
    () =>
      Promise.all([
        deps.secrets.read(channel.id, channel.secret_version),
        prepareEvent(),
        recallHistory(deps, { channel, chat, own: [eventId, ...merges] }),
        recallSession(deps, { channel, chat }),
      ]),
  );
  if ('waitMs' in eventFor) {
    await takeBackAttempt(deps, { channelId: channel.id, eventId }, { sentBack: true });
    return eventFor;
  }
  const timeoutMs = channel.agent.timeout_ms;
  const asked = await deps.gate.call({ channel, side: 'agent', timeoutMs }, async (signal) => {
    const now = deps.now();
    const event = { ...eventFor({ attempt: attempts, now }), ...(history && { history }) };
    // With the first attempt only: the visitor is not shown "typing" again for each retry. Not while
    // no reply can go: typing that brings no message is worse than silence.
    const stopTyping =
      attempts === 1 && messageId !== null && canSend(channel, now)
        ? showTyping(deps, channel, secrets, messageId)
        : null;
    const { reply, failed } = await askAgent({
      channel,
      secrets,
      event,
      reach: deps.reach,
      now,
      signal,
      awsKeys: deps.awsKeys,
      session,
    });
    if (stopTyping) afterwards.push(stopTyping());
    const tookMs = deps.now() - now;
    measure('agent-latency', tookMs, 'Milliseconds');
    log.info('agent-asked', { ...factsOf(reply), took_ms: tookMs });
    return { value: reply, failed };
  });
  if (typeof asked === 'string') {
    return { kind: 'failed', code: 'agent-unavailable', reason: WITHOUT_CALL[asked] };
  }
  if ('waitMs' in asked) {
    await takeBackAttempt(deps, { channelId: channel.id, eventId }, { sentBack: true });
    return asked;
  }
  const after = await afterReply(deps, { channel, eventId, attempts }, asked.value);
  if ('waitMs' in after) noteWait(asked.value, { chatId: chat.id, waitMs: after.waitMs });
  if (asked.value.kind === 'answered' && asked.value.odd) {
    await noteOddAnswer(deps, channel, asked.value.odd);
  }
  return after;
}

/** How the agent answered, in a line of the log. */
const factsOf = (reply: AgentReply): Record<string, unknown> => ({
  result: isWithoutReplies(reply) ? 'answered-without-replies' : reply.kind,
  ...(reply.kind === 'answered' && { replies: reply.answer.replies.length }),
  ...('reason' in reply && { reason: reply.reason }),
});

/** One whose author may have meant something else, as `odd` says; `{"replies": []}` alone means what it says. */
const isWithoutReplies = (reply: AgentReply): boolean =>
  reply.kind === 'answered' && Boolean(reply.odd) && reply.answer.replies.length === 0;

/** The visitor waits: the operator sees for what, and until when. */
function noteWait(reply: AgentReply, { chatId, waitMs }: { chatId: string; waitMs: number }): void {
  const reason = 'reason' in reply ? reply.reason : reply.kind;
  log.warn('agent-asked-again', { chat_id: chatId, reason, wait_ms: waitMs });
}

/** An answer that is not understood, or in part: its author would never learn why. */
async function noteOddAnswer(deps: WorkerDeps, channel: Channel, reason: string): Promise<void> {
  count('agent-answer-odd');
  log.warn('agent-answer-odd', { reason });
  await deps.lastSeen.note(channel.id, deps.now(), 'last_odd_answer_at');
}

/** Whether the provider takes messages of this channel, as far as the channel's row says. */
function canSend(channel: Channel, now: number): boolean {
  const passage = callPassage(channel, 'provider', now);
  return !channel.blocked && passage.kind === 'call' && !passage.needsSlot;
}

async function afterReply(
  deps: WorkerDeps,
  { channel, eventId, attempts }: Pick<Asking, 'channel' | 'eventId' | 'attempts'>,
  reply: AgentReply,
): Promise<Asked> {
  switch (reply.kind) {
    case 'answered':
      return {
        kind: 'answered',
        answer: reply.answer,
        ...(reply.session !== undefined && { session: reply.session }),
      };
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

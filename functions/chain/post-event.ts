import { notifyAgent } from '../../shared/agent/http-agent.ts';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Reach } from '../../shared/kernel/http.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import type { Posting } from '../../shared/rules/agent-event/event-envelope.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import { type CallGate, WITHOUT_CALL } from './call-gate.ts';
import type { JobEnd } from './queue.ts';

export interface PostDeps {
  secrets: Secrets;
  reach: Reach;
  now: () => number;
  gate: CallGate;
}

/** Two tries have to fit into one invocation, whatever time the channel gives its agent for a turn. */
const LONGEST_CALL_MS = 50_000;

/**
 * Posts an event whose replies are not taken: two tries, no dead letter (docs/contract.md#event-types).
 * Never throws for what the agent does. Where other channels need the function, or the agent fails all the
 * time, it says how long the job must wait.
 */
export async function postEvent(
  { secrets: kept, reach, now, gate }: PostDeps,
  channel: Channel,
  eventFor: (posting: Posting) => AgentEvent,
): Promise<JobEnd> {
  // Agents of other kinds are asked about messages, and told of nothing else.
  if (channel.agent.kind !== 'http') return 'done';
  const secrets = await kept.read(channel.id, channel.secret_version);
  const { agent } = channel;
  const timeoutMs = Math.min(agent.timeout_ms, LONGEST_CALL_MS);
  const called = { agent: { ...agent, timeout_ms: timeoutMs } };
  const about = factsOf(eventFor({ attempt: 1, now: now() }));
  let reason = '';
  for (const attempt of [1, 2]) {
    const end = await gate.call({ channel, side: 'agent', timeoutMs }, async (signal) => {
      const postedAt = now();
      const event = eventFor({ attempt, now: postedAt });
      const call = { channel: called, secrets, event, reach, now: postedAt, signal };
      const told = await notifyAgent(call);
      // The end of a story in the log: what the agent was told last.
      if (told.heard) log.info('event-heard', { ...about, attempt });
      return { value: told, failed: told.failed };
    });
    if (typeof end === 'string') {
      reason = WITHOUT_CALL[end];
      break;
    }
    if ('waitMs' in end) {
      log.info('event-put-off', { ...about, wait_ms: end.waitMs });
      return end;
    }
    if (end.value.heard) return 'done';
    reason = end.value.reason;
  }
  count('event-unheard');
  log.warn('event-unheard', { channel_id: channel.id, ...about, reason });
  return 'done';
}

/** What a line of the log says of an event. Several `delivery` events of one reply stand under the same id. */
const factsOf = (event: AgentEvent): Record<string, unknown> => ({
  event: event.event.type,
  ...('chat' in event && { chat_id: event.chat.id }),
  ...('delivery' in event && { status: event.delivery.status, part: event.delivery.part }),
});

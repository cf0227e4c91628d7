import { tellAgent } from '../../shared/agent/http-agent.ts';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import type { WorkerDeps } from './deps.ts';

/** Two tries have to fit into one invocation, whatever time the channel gives its agent for a turn. */
const PATIENCE_MS = 50_000;

/**
 * Posts an event whose replies are not taken: two tries, no dead letter (contract.md §2).
 * Never throws for what the agent does.
 */
export async function tellTwice(
  deps: WorkerDeps,
  channel: Channel,
  eventFor: (attempt: number, now: number) => AgentEvent,
): Promise<void> {
  const secrets = await deps.secrets.read(channel.id, channel.secret_version);
  const { agent } = channel;
  const soon = { agent: { ...agent, timeout_ms: Math.min(agent.timeout_ms, PATIENCE_MS) } };
  for (const attempt of [1, 2]) {
    const now = deps.now();
    const event = eventFor(attempt, now);
    if (await tellAgent({ channel: soon, secrets, event, reach: deps.reach, now })) return;
  }
  count('event-unheard');
  log.warn('event-unheard', { channel_id: channel.id });
}

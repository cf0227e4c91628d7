import { notifyAgent } from '../../shared/agent/http-agent.ts';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Reach } from '../../shared/kernel/http.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import type { Posting } from '../../shared/rules/agent-event/event-envelope.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';

export interface PostDeps {
  secrets: Secrets;
  reach: Reach;
  now: () => number;
}

/** Two tries have to fit into one invocation, whatever time the channel gives its agent for a turn. */
const TIMEOUT_MS = 50_000;

/**
 * Posts an event whose replies are not taken: two tries, no dead letter (docs/contract.md#event-types).
 * Never throws for what the agent does.
 */
export async function postEvent(
  { secrets: kept, reach, now }: PostDeps,
  channel: Channel,
  eventFor: (posting: Posting) => AgentEvent,
): Promise<void> {
  const secrets = await kept.read(channel.id, channel.secret_version);
  const { agent } = channel;
  const soon = { agent: { ...agent, timeout_ms: Math.min(agent.timeout_ms, TIMEOUT_MS) } };
  for (const attempt of [1, 2]) {
    const postedAt = now();
    const event = eventFor({ attempt, now: postedAt });
    if (await notifyAgent({ channel: soon, secrets, event, reach, now: postedAt })) return;
  }
  count('event-unheard');
  log.warn('event-unheard', { channel_id: channel.id });
}

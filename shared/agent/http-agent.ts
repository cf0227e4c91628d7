// The agent's API: one signed POST for each event, and what its answer means.
import { MAX_ANSWER_BYTES } from '../contract/agent-answer.ts';
import type { AgentEvent } from '../contract/agent-event.ts';
import type { Channel } from '../contract/channel.ts';
import type { ChannelSecrets } from '../contract/channel-secrets.ts';
import { exchange, type HttpOutcome, type Reach } from '../kernel/http.ts';
import { type AgentReply, readAnswer } from './answer.ts';
import { signedHeaders } from './sign.ts';

export interface AgentCall {
  channel: Pick<Channel, 'agent'>;
  secrets: ChannelSecrets;
  event: AgentEvent;
  reach: Reach;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * Posts an event to the agent and reads its answer (docs/contract.md#what-the-agent-answers). Never throws:
 * whatever the agent does is one of the outcomes.
 */
export async function askAgent(call: AgentCall): Promise<AgentReply> {
  return readAnswer(await postEvent(call));
}

/**
 * Posts an event whose replies are not taken (docs/contract.md#event-types). True: the agent answered 2xx,
 * so it has heard it. Never throws.
 */
export async function notifyAgent(call: AgentCall): Promise<boolean> {
  const outcome = await postEvent(call);
  return outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
}

/**
 * Posts an event and returns the exchange as it was, for callers that read the answer differently. Never
 * throws.
 */
export function postEvent({
  channel,
  secrets,
  event,
  reach,
  now,
}: AgentCall): Promise<HttpOutcome> {
  const body = JSON.stringify(event);
  const { id } = event.event;
  const { previous_agent_secret: previous } = secrets;
  const valid = [
    secrets.agent_secret,
    ...(previous && previous.valid_until > now ? [previous.secret] : []),
  ];
  return exchange({
    method: 'POST',
    url: channel.agent.url,
    headers: {
      ...secrets.agent_headers,
      'content-type': 'application/json',
      'idempotency-key': id,
      ...signedHeaders({ id, body, secrets: valid, at: Math.floor(now / 1000) }),
    },
    body,
    timeoutMs: channel.agent.timeout_ms,
    maxBytes: MAX_ANSWER_BYTES,
    reach,
  });
}

// The agent's API: one signed POST for each event, and what its answer means.
import { MAX_ANSWER_BYTES } from '../contract/agent-answer.ts';
import type { AgentEvent } from '../contract/agent-event.ts';
import type { Channel } from '../contract/channel.ts';
import type { ChannelSecrets } from '../contract/channel-secrets.ts';
import { exchange, type HttpOutcome, hasFailed, type Reach } from '../kernel/http.ts';
import { signedHeaders } from './sign.ts';
import { type AgentReply, readAnswer } from './wire/answer.ts';
import { statusWords } from './wire/status-words.ts';

export interface AgentCall {
  channel: Pick<Channel, 'agent'>;
  secrets: ChannelSecrets;
  event: AgentEvent;
  reach: Reach;
  /** Epoch milliseconds. */
  now: number;
  /** Ends the call early: the answer then counts as not given. */
  signal?: AbortSignal | undefined;
}

/** By the machine's own time, when the event leaves: the agent compares it with its own. */
// biome-ignore lint/complexity/useDateNow: the product's clock, which a runtime may move, is `Date.now`
const signedAt = () => Math.floor(new Date().getTime() / 1000);

/**
 * Posts an event to the agent and reads its answer (docs/contract.md#what-the-agent-answers). Never throws:
 * whatever the agent does is one of the outcomes.
 */
export async function askHttpAgent(call: AgentCall): Promise<{ reply: AgentReply } & CallVerdict> {
  const outcome = await postToAgent(call);
  return { reply: readAnswer(outcome), failed: hasFailed(outcome) };
}

/**
 * Posts an event whose replies are not taken (docs/contract.md#event-types). `heard`: the agent answered
 * 2xx; else the reason, which is logged. Never throws.
 */
export async function notifyAgent(
  call: AgentCall,
): Promise<({ heard: true } | { heard: false; reason: string }) & CallVerdict> {
  const outcome = await postToAgent(call);
  const failed = hasFailed(outcome);
  if (outcome.kind !== 'answered') {
    const reason = outcome.reason === 'timeout' ? 'no answer in time' : outcome.reason;
    return { heard: false, reason, failed };
  }
  const { status } = outcome;
  return status >= 200 && status < 300
    ? { heard: true, failed }
    : { heard: false, reason: statusWords(outcome), failed };
}

/** What a call says of the agent as a whole. */
interface CallVerdict {
  /** It did not answer, could not be reached, or answered 5xx; a 4xx is an answer like any other. */
  failed: boolean;
}

/**
 * Posts an event and returns the exchange as it was, for callers that read the answer differently. Never
 * throws.
 */
export function postToAgent({
  channel,
  secrets,
  event,
  reach,
  now,
  signal,
}: AgentCall): Promise<HttpOutcome> {
  const body = JSON.stringify(event);
  const { id, trace_id: traceId } = event.event;
  const { previous_agent_secret: previous } = secrets;
  const valid = [
    secrets.agent_secret,
    ...(previous && previous.valid_until > now ? [previous.secret] : []),
  ];
  return exchange({
    method: 'POST',
    url: channel.agent.url ?? '',
    headers: {
      ...(secrets.agent_api_key && { authorization: `Bearer ${secrets.agent_api_key}` }),
      ...secrets.agent_headers,
      'content-type': 'application/json',
      'idempotency-key': id,
      'webhook-trace-id': traceId,
      ...signedHeaders({ id, body, secrets: valid, at: signedAt() }),
    },
    body,
    timeoutMs: channel.agent.timeout_ms,
    maxBytes: MAX_ANSWER_BYTES,
    reach,
    signal,
  });
}

import type { ChannelSecrets } from '../contract/channel-secrets.ts';
import type { HttpOutcome, Reach } from '../kernel/http.ts';
import { readJson } from '../kernel/read-json.ts';
import type { Readiness, ReadyDoubt } from '../rules/channel/activation.ts';
import { postToAgent } from './http-agent.ts';
import { askKindWhetherReady } from './kind-ready.ts';

/** The reason an agent gives is shown to the operator, cut to a sentence or two. */
const MAX_REASON = 300;

export interface ReadyQuestion {
  channel: Parameters<typeof postToAgent>[0]['channel'];
  secrets: ChannelSecrets;
  eventId: string;
  reach: Reach;
  /** Epoch milliseconds. */
  now: number;
  timeoutMs: number;
}

/**
 * Asks the agent whether it is ready to talk to visitors: the `ready` event (docs/contract.md#event-types).
 * Never throws. Only an explicit `"ready": false` is a no; an agent that does not know the event is ready.
 */
export async function askWhetherReady({
  channel,
  secrets,
  eventId,
  reach,
  now,
  timeoutMs,
}: ReadyQuestion): Promise<Readiness> {
  const { kind } = channel.agent;
  if (kind !== 'http') {
    return askKindWhetherReady({ channel, secrets, eventId, reach, timeoutMs }, kind);
  }
  const at = new Date(now).toISOString();
  const outcome = await postToAgent({
    channel: { agent: { ...channel.agent, timeout_ms: timeoutMs } },
    secrets,
    event: { version: 1, event: { id: eventId, type: 'ready', at, attempt: 1, trace_id: eventId } },
    reach,
    now,
  });
  return readReadiness(outcome);
}

function readReadiness(outcome: HttpOutcome): Readiness {
  if (outcome.kind === 'no-answer' && outcome.reason === 'too-large') return { kind: 'ready' };
  if (outcome.kind !== 'answered') return { kind: 'silent', reason: outcome.reason };
  const answer = answerOf(outcome.body);
  if (answer?.ready === false) {
    const { reason } = answer;
    return {
      kind: 'not-ready',
      reason: typeof reason === 'string' && reason ? reason.slice(0, MAX_REASON) : null,
    };
  }
  if (outcome.status >= 500) return { kind: 'silent', reason: `HTTP ${outcome.status}` };
  const why = doubtAbout(outcome.status, outcome.body);
  return { kind: 'ready', ...(why && { doubt: { why, status: outcome.status } }) };
}

/** What the address of no agent answers, or an agent that does not take our signature. */
function doubtAbout(status: number, body: Buffer): ReadyDoubt['why'] | null {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404 || status === 405 || status === 410) return 'not-found';
  if (status >= 300 && status < 400) return 'redirects';
  if (status >= 400) return 'refuses';
  return body.subarray(0, 1_000).toString('utf8').trimStart().startsWith('<') ? 'html' : null;
}

/** Null for HTML, or an empty body: such an agent does not know the event. */
function answerOf(body: Buffer): { ready?: unknown; reason?: unknown } | null {
  const answer = readJson(body.toString('utf8'));
  return typeof answer === 'object' ? answer : null;
}
